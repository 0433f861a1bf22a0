import { latest, type TicketClocks } from './advance-clocks.ts';
import { type CurrentPolicy, promiseOf } from './match-policy.ts';
import type { Attached, TicketSla } from './read-clocks.ts';
import { clockKey, isLive } from './sla-clock.ts';

/** Most desks promise no claim: a clock of one is kept only from its first promise on, so that it costs them nothing. */
export function withoutUnpromisedClaims<S extends TicketClocks>(state: S, stored: TicketSla | null): S {
  const known = new Set(stored?.clocks.map(clockKey));
  const clocks = state.clocks.filter(
    (clock) => clock.target !== 'claim' || clock.promised !== null || known.has(clockKey(clock)),
  );
  return clocks.length === state.clocks.length ? state : { ...state, clocks };
}

/**
 * A claim is promised that may not have been before, and none is known to run or to have been kept: the ticket's log
 * must say whether one would run. Pure.
 */
export function asksLogForClaim(stored: TicketSla, state: TicketClocks, policy: CurrentPolicy): boolean {
  if (promiseOf(policy, 'claim', state.facts.priority) === null) return false;
  const claim = latest(state, 'claim');
  if (claim && (isLive(claim) || claim.fulfilledAt !== null)) return false;
  return !isAttached(stored.attached, policy) || stored.facts.priority !== state.facts.priority;
}

const isAttached = (held: Attached, { id, version }: CurrentPolicy): boolean =>
  held.policyId === id && held.policyVersion === version;

/** Takes over the claim that the log tells of, where it is a later one than is known. */
export function takeClaimFrom(folded: TicketClocks | null, state: TicketClocks): TicketClocks {
  const claim = folded && latest(folded, 'claim');
  if (!claim || !isLive(claim) || claim.cycle <= (latest(state, 'claim')?.cycle ?? 0)) return state;
  const facts = { ...state.facts, givenTo: folded.facts.givenTo ?? null };
  return { facts, clocks: [...state.clocks, claim] };
}
