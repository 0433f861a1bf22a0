import type { Condition, Definition, Filter, Reason, Target } from './contract.ts';
import type { Promised, SlaClock } from './sla-clock.ts';
import { isLive } from './sla-clock.ts';
import type { TicketFacts } from './ticket-facts.ts';

/** A policy as clocks use it: its newest version. */
export interface CurrentPolicy extends Definition {
  id: number;
  name: string;
  version: number;
}

export interface Match {
  policy: CurrentPolicy;
  reason: Reason;
}

/** What a policy may ask of a ticket; the customer's tags are the customer's, so they are asked for apart. */
export type MatchFacts = Omit<
  TicketFacts,
  'status' | 'origin' | 'training' | 'hidden' | 'givenTo' | 'schedules'
> & {
  customerTags: string[];
};

/** The first policy in order whose filter holds, and why it does. Pure. */
export function matchPolicy(policies: readonly CurrentPolicy[], facts: MatchFacts): Match | null {
  for (const policy of policies) {
    const reason = matchFilter(policy.filter, facts);
    if (reason) return { policy, reason };
  }
  return null;
}

export const asksForCustomerTags = (policies: readonly CurrentPolicy[]): boolean =>
  policies.some(({ filter }) => [...filter.all, ...filter.any].some(({ field }) => field === 'customer_tag'));

function matchFilter({ all, any }: Filter, facts: MatchFacts): Reason | null {
  const every = all.map((condition) => holds(condition, facts));
  const some = any.map((condition) => holds(condition, facts));
  if (every.includes(false) || (some.length > 0 && !some.includes(true))) return null;
  const explain = (condition: Condition) => ({ ...condition, actual: actualOf(condition, facts) });
  return {
    everyone: all.length + any.length === 0,
    all: all.map(explain),
    any: any.filter((_, index) => some[index]).map(explain),
  };
}

function holds(condition: Condition, facts: MatchFacts): boolean {
  const actual = actualOf(condition, facts);
  const values: readonly (string | number | null)[] = condition.values;
  const found = Array.isArray(actual) ? actual.some((tag) => values.includes(tag)) : values.includes(actual);
  return found === (condition.op === 'any_of');
}

function actualOf({ field }: Condition, facts: MatchFacts): string | number | null | string[] {
  switch (field) {
    case 'channel':
      return facts.channel;
    case 'inbox':
      return facts.inboxId;
    case 'team':
      return facts.teamId;
    case 'organization':
      return facts.organizationId;
    case 'customer':
      return facts.requesterId;
    case 'customer_tag':
      return facts.customerTags;
    case 'ticket_tag':
      return facts.tags;
    case 'language':
      return facts.language;
    case 'priority':
      return facts.priority;
    case 'tier':
      return facts.tier;
    case 'type':
      return facts.type;
  }
}

/** The target of the ticket's priority, else the policy's target for all priorities, else none. */
export function promiseOf(
  policy: CurrentPolicy | null,
  target: Target,
  priority: TicketFacts['priority'],
): Promised | null {
  const targets = policy?.targets.filter((each) => each.target === target) ?? [];
  const chosen =
    targets.find((each) => each.priority !== null && each.priority === priority) ??
    targets.find((each) => each.priority === null);
  if (!policy || !chosen) return null;
  const { clock, seconds: targetSeconds } = chosen;
  return { policyId: policy.id, policyVersion: policy.version, priority, clock, targetSeconds };
}

/** A broken promise stays what it was; one that ended too. A policy's new version changes a clock only by what it says. */
export function needsPromise(clock: SlaClock, promised: Promised | null): boolean {
  if (!isLive(clock) || clock.breachedAt !== null) return false;
  const { promised: held } = clock;
  if (!held || !promised) return held !== promised;
  return (['policyId', 'priority', 'clock', 'targetSeconds'] as const).some(
    (key) => held[key] !== promised[key],
  );
}
