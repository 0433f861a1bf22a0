import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { type EventType, isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { scheduleClosing } from './close-solved.ts';
import type { Status } from './events.ts';

/** What counts of the log up to now, and of it what is to be taken back. */
export interface Story {
  ticketId: number;
  log: RecordedEvent[];
  own: readonly RecordedEvent[];
}

/** What was taken back since has changed nothing. */
export function withoutUndone(events: RecordedEvent[]): RecordedEvent[] {
  const undone = new Set<number>();
  for (const event of events) {
    if (!isEvent(event, 'ticket.status_changed', 'ticket.assigned', 'ticket.cc_changed')) continue;
    if (event.data.undoes) for (const id of [event.id, ...event.data.undoes]) undone.add(id);
  }
  return events.filter(({ id }) => !undone.has(id));
}

/** Its own change of something, while it is the last one. */
export function lastChange<T extends EventType>({ log, own }: Story, type: T): RecordedEvent<T> | null {
  const last = log.findLast((event): event is RecordedEvent<T> => isEvent(event, type));
  return last && own.includes(last) ? last : null;
}

/** Answers whether there was something to give back. Events: ticket.status_changed. */
export async function undoStatus(cx: CommandContext, story: Story, now: Status): Promise<boolean> {
  const change = lastChange(story, 'ticket.status_changed');
  if (!change || change.data.to !== now) return false;
  const { ticketId } = story;
  const { from, to } = change.data;
  const solvedAt = from === 'solved' ? solvedBefore(story, change) : null;
  await cx.tx.write(
    sql`update tickets set status = ${from}, solved_at = ${solvedAt}::timestamptz where id = ${ticketId}`,
  );
  cx.record('ticket.status_changed', ticketId, { from: to, to: from, undoes: [change.id] });
  if (solvedAt) await scheduleClosing(cx, ticketId, solvedAt);
  return true;
}

/** Also the instant that its closing job names. */
function solvedBefore({ log }: Story, change: RecordedEvent): Date {
  const earlier = log.slice(0, log.indexOf(change));
  const solve = earlier.findLast(
    (event) => isEvent(event, 'ticket.status_changed') && event.data.to === 'solved',
  );
  return (solve ?? earlier[0] ?? change).at;
}

/** With it goes the claim that came with it. Answers like the status. Events: ticket.assigned. */
export async function undoAssignment(cx: CommandContext, story: Story, now: number | null): Promise<boolean> {
  const change = lastChange(story, 'ticket.assigned');
  if (!change || change.data.to !== now) return false;
  const { ticketId, own } = story;
  const { from, to, by } = change.data;
  const claims = own.filter((event) => isEvent(event, 'ticket.claimed'));
  await cx.tx.write(sql`update tickets set assignee_id = ${from} where id = ${ticketId}`);
  const undoes = [change, ...claims].map(({ id }) => id);
  cx.record('ticket.assigned', ticketId, { from: to, to: from, by, undoes });
  return true;
}
