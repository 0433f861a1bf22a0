import { type Queryable, sql } from '../../../platform/db/database.ts';
import { HttpError } from '../../../platform/http/errors.ts';
import { sumOf } from '../arithmetic/distribution.ts';
import { clockOf } from '../channel-clock.ts';
import type { FigureItemAnswer } from '../contract.ts';
import type { FigureItem } from '../figure.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import type { Observation } from '../observation.ts';
import { iso } from './present-figure.ts';

const DURATIONS: ReadonlySet<Observation['measure']> = new Set([
  'first_response',
  'claim',
  'first_resolution',
  'full_resolution',
]);

/** A page of the rows behind a figure, newest first; their count and sum are those of the whole list. */
export async function readItems(
  db: Queryable,
  definition: KpiDefinition,
  items: readonly FigureItem[],
  page: { cursor?: string | undefined; limit: number },
) {
  const ordered = [...items].sort((a, b) => compareKeys(sortKey(b), sortKey(a)));
  const after = page.cursor === undefined ? null : readCursor(page.cursor);
  const rest = after === null ? ordered : ordered.filter((item) => compareKeys(sortKey(item), after) < 0);
  const shown = rest.slice(0, page.limit);
  const subjects = await listSubjects(db, shown);
  const last = shown.at(-1);
  return {
    items: shown.map((item) => presentItem(definition, item, subjects)),
    nextCursor: rest.length > shown.length && last ? sortKey(last).join('-') : null,
    count: items.length,
    sum: sumOf(items.map(({ part }) => part)),
  };
}

export async function listSubjects(
  db: Queryable,
  items: readonly Pick<FigureItem, 'ticketId'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(items.map(({ ticketId }) => ticketId))];
  if (ids.length === 0) return new Map();
  const rows = await db.all<{ id: number; subject: string }>(
    sql`select id, subject from measured_tickets where id = any(${ids}::bigint[])`,
  );
  return new Map(rows.map((row) => [String(row.id), row.subject]));
}

export function presentItem(
  definition: KpiDefinition,
  { row, ticketId, eventId, at, part }: FigureItem,
  subjects: ReadonlyMap<string, string>,
): FigureItemAnswer {
  const isDuration = DURATIONS.has(row.measure);
  const onClock = clockOf(row.dims.channel) === 'business' ? (row.businessSeconds ?? row.value) : row.value;
  return {
    ticketId: Number(ticketId),
    subject: subjects.get(ticketId) ?? '',
    value: definition.unit === 'seconds' ? part : row.measure === 'claim' ? onClock : 1,
    numeratorPart: part,
    businessSeconds: row.businessSeconds,
    calendarSeconds: isDuration ? row.value : null,
    at: iso(at),
    agentId: numberOrNull(row.dims.agentId),
    channel: row.dims.channel,
    teamId: numberOrNull(row.dims.teamId),
    eventId: Number(eventId),
  };
}

type Key = readonly [at: number, ticketId: number, eventId: number, key: string];

/** The row's own key ends ties: one event can be behind two rows of a list. */
function sortKey({ at, ticketId, eventId, row }: FigureItem): Key {
  return [at / 1000, Number(ticketId), Number(eventId), row.key];
}

function compareKeys(a: Key, b: Key): number {
  for (let index = 0; index < 3; index++) {
    const difference = Number(a[index]) - Number(b[index]);
    if (difference !== 0) return difference;
  }
  return a[3] < b[3] ? -1 : Number(a[3] > b[3]);
}

function readCursor(cursor: string): Key {
  const match = /^(\d+)-(\d+)-(\d+)-(.+)$/.exec(cursor);
  if (!match)
    throw new HttpError(400, 'bad_request', 'This cursor is not one of ours.', {
      fields: { cursor: 'unknown' },
    });
  return [Number(match[1]), Number(match[2]), Number(match[3]), match[4] ?? ''];
}

function numberOrNull(id: string | null): number | null {
  return id === null ? null : Number(id);
}
