import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { type RecordedEvent, system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { changeAll } from './advance-clocks.ts';
import { lockTicket } from './check-clocks.ts';
import { readTicketSla } from './read-clocks.ts';
import { settleClocks } from './settle-clocks.ts';
import { cutInstant, type Due, fireDue, isLive } from './sla-clock.ts';
import { freshHistories, type ReadHistory, timeOfTicket } from './ticket-time.ts';

export const rescheduleKind = 'sla.reschedule';
/** Up to 9 ms a ticket on a busy machine: a batch stays well below the second that a transaction may write for. */
const batchTickets = 50;

const payloadShape = z.object({
  scheduleId: z.int(),
  afterTicketId: z.int(),
  eventId: z.int(),
  changedAt: z.iso.datetime(),
});
type Payload = z.infer<typeof payloadShape>;

/** New hours or holidays: every open clock that counts by them gets new deadlines, in batches. */
export async function followSchedule(
  cx: CommandContext,
  { id, at, data }: RecordedEvent<'schedule.changed'>,
): Promise<void> {
  enqueueBatch(cx, {
    scheduleId: data.scheduleId,
    afterTicketId: 0,
    eventId: id,
    changedAt: at.toISOString(),
  });
}

function enqueueBatch(cx: CommandContext, payload: Payload): void {
  const key = `${rescheduleKind}:${payload.eventId}:${payload.afterTicketId}`;
  cx.enqueue({ kind: rescheduleKind, key, payload });
}

async function rescheduleBatch(cx: CommandContext, payload: Payload): Promise<void> {
  const rows = await cx.tx.all<{ ticketId: number }>(sql`
    select ticket_id as "ticketId" from ticket_slas
    where live and schedule_id = ${payload.scheduleId} and ticket_id > ${payload.afterTicketId}
    order by ticket_id limit ${batchTickets}`);
  const changedAt = cutInstant(new Date(payload.changedAt));
  const read = freshHistories();
  for (const { ticketId } of rows) await rescheduleTicket(cx, ticketId, changedAt, read);
  const last = rows.at(-1);
  if (last && rows.length === batchTickets) enqueueBatch(cx, { ...payload, afterTicketId: last.ticketId });
}

async function rescheduleTicket(
  cx: CommandContext,
  ticketId: number,
  changedAt: number,
  read: ReadHistory,
): Promise<void> {
  await lockTicket(cx.tx, ticketId);
  const { sla, ids } = await readTicketSla(cx.tx, ticketId);
  if (!sla?.clocks.some((clock) => isLive(clock) && clock.promised?.clock === 'business')) return;
  const due: Due[] = [];
  // What fell due by the old hours, before they changed, stays so.
  const fired = changeAll(sla, (clock) => {
    const result = fireDue(clock, changedAt);
    due.push(...result.due);
    return isLive(clock) ? { ...result.clock } : clock;
  });
  const timeOf = await timeOfTicket(cx.tx, sla.facts, sla.clocks, read);
  const after = { ...fired, attached: sla.attached };
  await settleClocks(cx, { ticketId, before: sla, after, ids, due, applied: new Set(), timeOf, at: cx.now });
}

export const runReschedule: JobRunner = async (desk, job) => {
  const payload = payloadShape.parse(job.payload);
  await desk.run(system, (cx) => rescheduleBatch(cx, payload), { job });
};
