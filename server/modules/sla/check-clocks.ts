import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { changeAll } from './advance-clocks.ts';
import { readTicketSla } from './read-clocks.ts';
import { enqueueCheck, settleClocks } from './settle-clocks.ts';
import { cutInstant, type Due, fireDue } from './sla-clock.ts';
import { timeOfTicket } from './ticket-time.ts';

export interface CheckClocks {
  ticketId: number;
  /** The instant this check was set for, and its job: the next check may be for the same one. */
  at: number;
  jobId: number;
}

/**
 * Tells what fell due on one ticket. Events: sla.warned, sla.breached, each once however often and late this runs.
 */
export async function checkClocks(cx: CommandContext, { ticketId, at, jobId }: CheckClocks): Promise<void> {
  await lockTicket(cx.tx, ticketId);
  const { sla, ids } = await readTicketSla(cx.tx, ticketId);
  if (!sla) return;
  const due: Due[] = [];
  const fired = changeAll(sla, (clock) => {
    const result = fireDue(clock, cutInstant(cx.now));
    due.push(...result.due);
    return result.clock;
  });
  const again = { at, jobId };
  if (due.length === 0) return enqueueCheck(cx, ticketId, sla, again);
  const after = { ...fired, attached: sla.attached };
  const timeOf = await timeOfTicket(cx.tx, sla.facts, sla.clocks);
  const applied = new Set<string>();
  await settleClocks(cx, { ticketId, before: sla, after, ids, due, applied, timeOf, at: cx.now, again });
}

/** Commands lock the ticket first and its clocks after it; so does whoever changes the clocks alone. */
export async function lockTicket(tx: Queryable, ticketId: number): Promise<void> {
  await tx.maybe(sql`select id from tickets where id = ${ticketId} for no key update`);
}

const payloadShape = z.object({ ticketId: z.int(), at: z.int() });

export const runCheck: JobRunner = async (desk, job) => {
  const payload = payloadShape.parse(job.payload);
  await desk.run(system, (cx) => checkClocks(cx, { ...payload, jobId: job.id }), { job });
};
