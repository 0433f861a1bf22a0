import type { Queryable } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { organizations } from '../customers/index.ts';
import { teamReads } from '../staff/index.ts';
import { canSee, type TicketRow, ticketReads } from '../tickets/index.ts';
import { presentGroup, presentOrganization, presentUser, type WireObject } from './present-people.ts';
import { presentTicket } from './present-ticket.ts';
import { listAudits } from './read-audits.ts';
import { listMetrics } from './read-metrics.ts';
import { listUserRows } from './read-people.ts';
import { type Asking, includesOf } from './wire-route.ts';

/** The ticket, when this person may see it. A deleted one is not there. @throws 404 */
export async function seenTicket({ desk, who }: Asking, id: number): Promise<TicketRow> {
  const row = await ticketReads.getTicketRow(desk.db, id);
  if (!canSee(who, row) || row.deletedAt) throw notFound('This ticket');
  return row;
}

export async function showTickets(
  asking: Asking,
  ids: number[],
): Promise<{ objects: WireObject[]; rows: TicketRow[] }> {
  const { db } = asking.desk;
  const rows = await ticketReads.listTicketRows(db, ids);
  const [sides, definitions] = await Promise.all([
    ticketReads.readTicketSides(db, ids),
    ticketReads.listFieldDefinitions(db),
  ]);
  const objects = rows.map((row) => presentTicket(asking.base, row, sides.get(row.id), definitions));
  return { objects: await withEmbedded(asking, objects, rows), rows };
}

/** Sideloads that stand inside each ticket. */
async function withEmbedded(asking: Asking, objects: WireObject[], rows: TicketRow[]): Promise<WireObject[]> {
  const includes = includesOf(asking.query);
  let shown = objects;
  if (includes.has('metric_sets')) {
    const metrics = await listMetrics(asking.desk.db, asking.base, rows);
    shown = shown.map((object, index) => ({ ...object, metric_set: metrics[index] }));
  }
  if (includes.has('comment_count')) {
    const sides = await ticketReads.readTicketSides(
      asking.desk.db,
      rows.map((row) => row.id),
    );
    shown = shown.map((object) => ({ ...object, comment_count: sides.get(object.id)?.commentCount ?? 0 }));
  }
  return shown;
}

/** Sideloads beside the list: `include=users,groups,organizations,last_audits`. */
export async function ticketSideloads(asking: Asking, rows: TicketRow[]): Promise<Record<string, unknown>> {
  const { db } = asking.desk;
  const includes = includesOf(asking.query);
  const beside: Record<string, unknown> = {};
  if (includes.has('users')) {
    const people = rows.flatMap((row) => [row.requesterId, row.assigneeId, ...row.followerIds, ...row.ccIds]);
    beside.users = (await listUserRows(db, distinct(people))).map((row) => presentUser(asking.base, row));
  }
  if (includes.has('groups')) {
    const groups = await teamReads.list(db, distinct(rows.map((row) => row.teamId)));
    beside.groups = groups.map((row) => presentGroup(asking.base, row));
  }
  if (includes.has('organizations')) {
    const found = await organizations.list(db, distinct(rows.map((row) => row.organizationId)));
    beside.organizations = found.map((row) => presentOrganization(asking.base, row));
  }
  if (includes.has('last_audits')) beside.last_audits = await lastAudits(db, asking.base, rows);
  return beside;
}

async function lastAudits(db: Queryable, base: string, rows: TicketRow[]): Promise<unknown[]> {
  const audits: unknown[] = [];
  for (const row of rows) audits.push((await listAudits(db, base, row)).at(-1));
  return audits.filter((audit) => audit !== undefined);
}

const distinct = (ids: (number | null)[]): number[] => [
  ...new Set(ids.filter((id): id is number => id !== null)),
];
