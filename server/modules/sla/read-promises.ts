import { type Queryable, sql } from '../../platform/db/database.ts';
import type { TicketRow } from '../tickets/index.ts';
import type { ClockView, Reason } from './contract.ts';
import { policiesOf } from './current-policies.ts';
import { matchFactsOf } from './follow-event.ts';
import { matchPolicy } from './match-policy.ts';
import { type ClockRow, clockColumns, clockOfRow, readTicketSla } from './read-clocks.ts';
import {
  cutInstant,
  elapsedSeconds,
  isPaused,
  pausedSeconds,
  pausedSince,
  type SlaClock,
} from './sla-clock.ts';
import type { TicketFacts } from './ticket-facts.ts';
import { timeOfTicket } from './ticket-time.ts';

interface NamedRow extends ClockRow {
  policyName: string;
}

/** Every promise ever made on a ticket, as it stands at `asOf`; oldest first. */
export async function listTicketClocks(
  db: Queryable,
  ticketId: number,
  facts: TicketFacts,
  asOf: Date,
): Promise<ClockView[]> {
  const rows = await db.all<NamedRow>(sql`
    select clock.*, policy.name as "policyName"
    from (select ${clockColumns} from sla_clocks where ticket_id = ${ticketId}) as clock
    join sla_policies as policy on policy.id = clock."promisedBy"
    order by clock."startedAt", clock.id`);
  const clocks = rows.map(clockOfRow);
  const timeOf = await timeOfTicket(db, facts, clocks);
  return rows.flatMap((row, index) => {
    const clock = clocks[index] as SlaClock;
    return clock.promised
      ? [present(row, clock, elapsedSeconds(clock, timeOf(clock), cutInstant(asOf)), asOf)]
      : [];
  });
}

function present(row: NamedRow, clock: SlaClock, elapsed: number, asOf: Date): ClockView {
  const promised = clock.promised as NonNullable<SlaClock['promised']>;
  return {
    id: row.id,
    target: clock.target,
    cycle: clock.cycle,
    policyName: row.policyName,
    ...promised,
    state: stateOf(clock, elapsed),
    startedAt: row.startedAt.toISOString(),
    elapsedSeconds: elapsed,
    pausedSeconds: pausedSeconds(clock, cutInstant(asOf)),
    remainingSeconds: promised.targetSeconds - elapsed,
    dueAt: iso(clock.dueAt),
    warnAt: iso(clock.warnAt),
    pausedAt: iso(pausedSince(clock)),
    fulfilledAt: iso(clock.fulfilledAt),
    breachedAt: iso(clock.breachedAt),
    cancelledAt: iso(clock.cancelledAt),
  };
}

/** By what is used, not by what a job has told: a late worker never shows a broken promise as kept. */
function stateOf(clock: SlaClock, elapsed: number): ClockView['state'] {
  const target = clock.promised?.targetSeconds ?? 0;
  const isOver = clock.breachedAt !== null || elapsed > target;
  if (clock.cancelledAt !== null) return isOver ? 'missed' : 'cancelled';
  if (clock.fulfilledAt !== null) return isOver ? 'missed' : 'met';
  if (isOver) return 'breached';
  if (isPaused(clock)) return 'paused';
  return elapsed * 5 >= target * 4 ? 'due_soon' : 'running';
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The policy of a ticket, why it is this one, and its clocks. */
export async function readTicketPromises(db: Queryable, ticketId: number, asOf: Date) {
  const { sla } = await readTicketSla(db, ticketId);
  if (!sla) return { ticketId, policy: null, reason: null, matchedAt: null, clocks: [] };
  const { policyId, policyVersion, reason, matchedAt } = sla.attached;
  const named = await db.maybe<{ name: string }>(sql`select name from sla_policies where id = ${policyId}`);
  return {
    ticketId,
    policy:
      named && policyId && policyVersion ? { id: policyId, version: policyVersion, name: named.name } : null,
    reason,
    matchedAt: matchedAt?.toISOString() ?? null,
    clocks: await listTicketClocks(db, ticketId, sla.facts, asOf),
  };
}

/** Which policy would match a ticket as it is now, and what it would promise. */
export async function previewPolicy(db: Queryable, ticket: TicketRow) {
  const { stamp } = await readTicketSla(db, ticket.id);
  const policies = await policiesOf(db, stamp);
  const match = matchPolicy(policies, await matchFactsOf(db, ticket, policies));
  const { id, version, name } = match?.policy ?? {};
  const reason: Reason | null = match?.reason ?? null;
  const targets = match?.policy.targets ?? [];
  const policy = id && version && name ? { id, version, name } : null;
  return {
    ticketId: ticket.id,
    policy,
    reason,
    targets: targets.filter((each) => isFor(each, ticket, targets)),
  };
}

type PolicyTargets = { target: string; priority: TicketRow['priority'] }[];

/** The ticket's priority first, else the target for all. */
function isFor(each: PolicyTargets[number], ticket: TicketRow, targets: PolicyTargets): boolean {
  if (each.priority !== null) return each.priority === ticket.priority;
  return !targets.some(
    (other) => other.target === each.target && other.priority !== null && other.priority === ticket.priority,
  );
}
