import type { Ticket, TicketDetail, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { cachedTicket, patchTicket, patchTickets, refreshTickets } from '../ticket-cache.ts';
import { eachBounded } from './bounded.ts';
import { inOrder } from './in-order.ts';

type Shown = Partial<TicketDetail>;

/** One ticket's part of an act: how the screen shows it now, and what the desk is asked. */
export type Step = {
  id: number;
  shown: Shown;
  send: () => Promise<Ticket>;
  /** Which of the changes made meanwhile contradicts this one. */
  findRival?: (changes: readonly TimelineEntry[]) => TimelineEntry | undefined;
};
export type Refusal = { id: number; error: unknown; theirs: TimelineEntry | undefined };

/** A browser opens six connections to one desk, and one of them is the live stream. */
const atOnce = 4;

/** Shows all steps at once, then asks the desk; what it refuses, or does not answer, is rolled back and returned. */
export async function runSteps(steps: readonly Step[]): Promise<Refusal[]> {
  const before = new Map(steps.map(({ id, shown }) => [id, pickLike(cachedTicket(id), shown)]));
  patchTickets(new Map(steps.map(({ id, shown }) => [id, shown])));
  const answers = await eachBounded(steps, atOnce, (step) =>
    inOrder(step.id, () => runStep(step, before.get(step.id))),
  );
  const refusals = answers.filter((refusal) => refusal !== null);
  if (refusals.length > 0) refreshTickets(refusals.map(({ id }) => id));
  return refusals;
}

async function runStep({ id, shown, send, findRival }: Step, before: Shown = {}): Promise<Refusal | null> {
  try {
    const now = await send();
    // A merge answers with the other ticket.
    if (now.id === id) patchTicket(id, now);
    return null;
  } catch (error) {
    const now = cachedTicket(id);
    patchTicket(id, desksState(error) ?? (isLike(now, shown) ? before : {}));
    return { id, error, theirs: findRival?.(changesIn(error)) };
  }
}

/** What others changed since, where that is why the desk refused. */
export const changesIn = (error: unknown): TimelineEntry[] =>
  error instanceof ApiError && error.code === 'conflict'
    ? ((error.details.changes as TimelineEntry[] | undefined) ?? [])
    : [];

/** The ticket as the desk has it, where it says so; without an answer only what was there before is known. */
const desksState = (error: unknown): Ticket | undefined =>
  error instanceof ApiError ? (error.details.ticket as Ticket | undefined) : undefined;

const namesIn = (shown: Shown) => Object.keys(shown) as (keyof TicketDetail)[];

const pickLike = (from: Shown | undefined, like: Shown): Shown =>
  from ? Object.fromEntries(namesIn(like).map((name) => [name, from[name]])) : {};

/** Whether it still stands as we showed it; what came since, from the desk or by a later act, is newer. */
const isLike = (now: Shown | undefined, shown: Shown): boolean =>
  now !== undefined && JSON.stringify(pickLike(now, shown)) === JSON.stringify(shown);
