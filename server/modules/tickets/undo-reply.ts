import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { type EventType, isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import { scheduleClosing } from './close-solved.ts';
import type { Status } from './events.ts';
import { lockTicket } from './queries.ts';

/** What counts of the log up to now, and of it the command that wrote the reply. */
interface Story {
  ticketId: number;
  log: RecordedEvent[];
  commandId: number;
}

/**
 * A reply that is taken back takes back what it made of its ticket: the status, the assignee and who is in copy, each
 * as far as nobody changed it since. Answers whether others are in copy now. Events: ticket.status_changed,
 * ticket.assigned and ticket.cc_changed, which name the events they undo.
 */
export async function undoReply(
  cx: CommandContext,
  { ticketId, messageId }: { ticketId: number; messageId: number },
): Promise<{ copiesChanged: boolean }> {
  const log = withoutUndone(await listEventsOfTicket(cx.tx, ticketId));
  const sent = log.find((event) => isEvent(event, 'message.sent') && event.data.messageId === messageId);
  if (!sent) return { copiesChanged: false };
  const story = { ticketId, log, commandId: sent.commandId };
  const ticket = await lockTicket(cx.tx, ticketId);
  await undoStatus(cx, story, ticket.status);
  await undoAssignment(cx, story, ticket.assigneeId);
  return { copiesChanged: await undoCopies(cx, story) };
}

/** A later reply that was taken back has changed nothing. */
function withoutUndone(events: RecordedEvent[]): RecordedEvent[] {
  const undone = new Set<number>();
  for (const event of events) {
    if (!isEvent(event, 'ticket.status_changed', 'ticket.assigned', 'ticket.cc_changed')) continue;
    if (event.data.undoes) for (const id of [event.id, ...event.data.undoes]) undone.add(id);
  }
  return events.filter(({ id }) => !undone.has(id));
}

/** The reply's own change of something, while it is the last one. */
function lastChange<T extends EventType>({ log, commandId }: Story, type: T): RecordedEvent<T> | null {
  const last = log.findLast((event): event is RecordedEvent<T> => isEvent(event, type));
  return last?.commandId === commandId ? last : null;
}

async function undoStatus(cx: CommandContext, story: Story, now: Status): Promise<void> {
  const change = lastChange(story, 'ticket.status_changed');
  if (!change || change.data.to !== now) return;
  const { ticketId } = story;
  const { from, to } = change.data;
  const solvedAt = from === 'solved' ? solvedBefore(story, change) : null;
  await cx.tx.write(
    sql`update tickets set status = ${from}, solved_at = ${solvedAt}::timestamptz where id = ${ticketId}`,
  );
  cx.record('ticket.status_changed', ticketId, { from: to, to: from, undoes: [change.id] });
  if (solvedAt) await scheduleClosing(cx, ticketId, solvedAt);
}

/** Also the instant that its closing job names. */
function solvedBefore({ log }: Story, change: RecordedEvent): Date {
  const earlier = log.slice(0, log.indexOf(change));
  const solve = earlier.findLast(
    (event) => isEvent(event, 'ticket.status_changed') && event.data.to === 'solved',
  );
  return (solve ?? earlier[0] ?? change).at;
}

async function undoAssignment(cx: CommandContext, story: Story, now: number | null): Promise<void> {
  const change = lastChange(story, 'ticket.assigned');
  if (!change || change.data.to !== now) return;
  const { ticketId, log, commandId } = story;
  const { from, to, by } = change.data;
  const claims = log.filter((event) => event.commandId === commandId && isEvent(event, 'ticket.claimed'));
  await cx.tx.write(sql`update tickets set assignee_id = ${from} where id = ${ticketId}`);
  const undoes = [change, ...claims].map(({ id }) => id);
  cx.record('ticket.assigned', ticketId, { from: to, to: from, by, undoes });
}

async function undoCopies(cx: CommandContext, story: Story): Promise<boolean> {
  const change = lastChange(story, 'ticket.cc_changed');
  if (!change) return false;
  const { ticketId } = story;
  const { added, removed } = change.data;
  await cx.tx.write(
    sql`delete from ticket_ccs where ticket_id = ${ticketId} and customer_id = any(${added}::bigint[])`,
  );
  for (const customerId of removed) {
    await cx.tx.write(sql`insert into ticket_ccs (ticket_id, customer_id, since)
      values (${ticketId}, ${customerId}, ${inCopySince(story, change, customerId)}) on conflict do nothing`);
  }
  cx.record('ticket.cc_changed', ticketId, { added: removed, removed: added, undoes: [change.id] });
  return true;
}

/** Who was in copy before may read from then on again. */
function inCopySince({ log }: Story, change: RecordedEvent, customerId: number): Date {
  const earlier = log.slice(0, log.indexOf(change));
  const came = earlier.findLast(
    (event) => isEvent(event, 'ticket.cc_changed') && event.data.added.includes(customerId),
  );
  return (came ?? earlier[0] ?? change).at;
}
