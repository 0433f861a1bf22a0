import type { Queryable } from '../../../platform/db/database.ts';
import { listEventsById } from '../../../platform/events/read-events.ts';
import { iso } from './present-figure.ts';
import type { Restated } from './read-figure.ts';
import { listSubjects } from './read-items.ts';

/** A page of the events that made a closed period say something else, in the order in which the desk heard of them. */
export async function readChanges(
  db: Queryable,
  restated: Restated | null,
  page: { cursor?: number | undefined; limit: number },
) {
  const { events = [] } = restated ?? {};
  const rest = events.filter((id) => page.cursor === undefined || id > page.cursor);
  const shown = rest.slice(0, page.limit);
  const known = await listEventsById(db, shown);
  const subjects = await listSubjects(
    db,
    known.flatMap(({ ticketId }) => (ticketId === null ? [] : { ticketId: String(ticketId) })),
  );
  const last = shown.at(-1);
  return {
    items: known.map(({ id, type, ticketId, at, recordedAt, data }) => ({
      eventId: id,
      type,
      ticketId,
      subject: subjects.get(String(ticketId)) ?? '',
      at: iso(at.getTime()),
      recordedAt: iso(recordedAt.getTime()),
      data: data as unknown as Record<string, unknown>,
    })),
    nextCursor: rest.length > shown.length && last !== undefined ? String(last) : null,
    count: events.length,
  };
}
