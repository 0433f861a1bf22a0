import type { Ticket, TicketDetail, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { patchTicket, patchTickets, refreshTickets } from '../ticket-cache.ts';
import { eachBounded } from './bounded.ts';
import { inOrder } from './in-order.ts';

/** One ticket's part of an act: how the screen shows it now, and what the desk is asked. */
export type Step = {
  id: number;
  shown: Partial<TicketDetail>;
  send: () => Promise<Ticket>;
  /** Which of the changes made meanwhile contradicts this one. */
  findRival?: (changes: readonly TimelineEntry[]) => TimelineEntry | undefined;
};
export type Refusal = { id: number; error: unknown; theirs: TimelineEntry | undefined };

/** A browser opens six connections to one desk, and one of them is the live stream. */
const atOnce = 4;

/** Shows all steps at once, then asks the desk; what it refuses is rolled back and returned. */
export async function runSteps(steps: readonly Step[]): Promise<Refusal[]> {
  patchTickets(new Map(steps.map(({ id, shown }) => [id, shown])));
  const answers = await eachBounded(steps, atOnce, (step) => inOrder(step.id, () => runStep(step)));
  const refusals = answers.filter((refusal) => refusal !== null);
  if (refusals.length > 0) refreshTickets(refusals.map(({ id }) => id));
  return refusals;
}

async function runStep({ id, send, findRival }: Step): Promise<Refusal | null> {
  try {
    const now = await send();
    // A merge answers with the other ticket.
    if (now.id === id) patchTicket(id, now);
    return null;
  } catch (error) {
    showDesksState(id, error);
    return { id, error, theirs: findRival?.(changesIn(error)) };
  }
}

/** What others changed since, where that is why the desk refused. */
export const changesIn = (error: unknown): TimelineEntry[] =>
  error instanceof ApiError && error.code === 'conflict'
    ? ((error.details.changes as TimelineEntry[] | undefined) ?? [])
    : [];

/** The desk's own state takes the place of what we showed too soon. */
function showDesksState(id: number, error: unknown): void {
  const now = error instanceof ApiError ? (error.details.ticket as Ticket | undefined) : undefined;
  if (now) patchTicket(id, now);
}
