import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { defineSetting, readSetting } from '../../platform/settings.ts';
import { nextVersion } from './next-version.ts';

/** Days between solving and closing; a customer's reply within them reopens. */
export const closeAfterDays = defineSetting('tickets.closeAfterDays', z.int().min(0).max(365), 14);

export const closingKind = 'tickets.close_solved';
const closingPayload = z.object({ ticketId: z.int(), solvedAt: z.iso.datetime() });

/** Every solve has its own closing job; it finds nothing to do when the ticket was reopened meanwhile. */
export async function scheduleClosing(
  cx: CommandContext,
  ticketId: number,
  solvedAt: Date = cx.now,
): Promise<void> {
  const days = await readSetting(cx.tx, closeAfterDays);
  cx.enqueue({
    kind: closingKind,
    key: `${closingKind}:${ticketId}:${solvedAt.getTime()}`,
    payload: { ticketId, solvedAt: solvedAt.toISOString() },
    runAt: new Date(solvedAt.getTime() + days * 86_400_000),
  });
}

/** Solved and untouched long enough: closed. Event: ticket.status_changed by the desk. */
export async function closeSolved(
  cx: CommandContext,
  input: { ticketId: number; solvedAt: Date },
): Promise<void> {
  const closed = await cx.tx.write(sql`
    update tickets set status = 'closed', closed_at = ${cx.now}, ${nextVersion(cx)}
    where id = ${input.ticketId} and status = 'solved' and solved_at = ${input.solvedAt}`);
  if (closed === 0) return;
  const cause = 'closing_time';
  cx.record('ticket.status_changed', input.ticketId, { from: 'solved', to: 'closed', cause });
}

export const runClosing: JobRunner = async (desk, job) => {
  const { ticketId, solvedAt } = closingPayload.parse(job.payload);
  await desk.run(system, (cx) => closeSolved(cx, { ticketId, solvedAt: new Date(solvedAt) }), { job });
};
