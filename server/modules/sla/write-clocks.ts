import type { CommandContext } from '../../platform/command.ts';
import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import { jsonRows } from '../../platform/db/json-rows.ts';
import { type Deadline, ticketDeadline } from '../tickets/index.ts';
import type { ClockIds, TicketSla } from './read-clocks.ts';
import { clockKey, isLive, pausedSince, type SlaClock } from './sla-clock.ts';
import { currentSchedule } from './ticket-facts.ts';

/** A clock that is not stored yet gets its id. */
export async function takeClockIds(
  tx: Queryable,
  { stored, spare }: ClockIds,
  clocks: readonly SlaClock[],
): Promise<void> {
  const fresh = clocks.filter((clock) => !stored.has(clockKey(clock)));
  const missing = fresh.length - spare.length;
  if (missing > 0) {
    const { taken } = await tx.one<{ taken: number[] }>(
      sql`select array(select nextval('sla_clocks_id_seq') from generate_series(1, ${missing}::int)) as taken`,
    );
    spare.push(...taken);
  }
  for (const clock of fresh) stored.set(clockKey(clock), spare.shift() as number);
}

export interface Changes {
  clocks: readonly SlaClock[];
  ids: ClockIds;
  /** Null when the next promise is the same as before. */
  deadline: Deadline | null;
}

/** The ticket's facts, its next promise, and the clocks that changed. */
export function writeTicketSla(cx: CommandContext, ticketId: number, sla: TicketSla, changes: Changes): void {
  const { attached } = sla;
  const { clocks, ids, deadline } = changes;
  cx.put(slaWriting, {
    ticket_id: ticketId,
    facts: sla.facts,
    policy_id: attached.policyId,
    policy_version: attached.policyVersion,
    reason: attached.reason,
    matched_at: attached.matchedAt,
    schedule_id: currentSchedule(sla.facts),
    live: sla.clocks.some(isLive),
    ...ticketDeadline.recordOf(deadline),
    clocks: clocks.map((clock) => ({ id: ids.stored.get(clockKey(clock)), ...recordOf(clock) })),
  });
}

type Writing = { ticket_id: number } & Record<string, unknown>;

const slaWriting: Joint<Writing> = {
  key: ({ ticket_id }) => ticket_id,
  statement: (rows) => sql`
    with given as (
      select * from json_to_recordset(${jsonRows(rows)}) as row (ticket_id bigint, facts jsonb, policy_id bigint,
        policy_version int, reason jsonb, matched_at timestamptz, schedule_id bigint, live boolean,
        ${ticketDeadline.recordTypes}, clocks json)
    ), ticket as (
      insert into ticket_slas
        (ticket_id, facts, policy_id, policy_version, reason, matched_at, schedule_id, live)
      select ticket_id, facts, policy_id, policy_version, reason, matched_at, schedule_id, live from given
      on conflict (ticket_id) do update set facts = excluded.facts, policy_id = excluded.policy_id,
        policy_version = excluded.policy_version, reason = excluded.reason, matched_at = excluded.matched_at,
        schedule_id = excluded.schedule_id, live = excluded.live
    ), deadline as (${ticketDeadline.writing(sql`given`)})
    insert into sla_clocks (id, ticket_id, target, cycle, started_at, runs, paused_at, fulfilled_at, cancelled_at,
      cancelled_by, policy_id, policy_version, priority, clock, target_seconds, applied_at, warn_at, due_at,
      overdue_at, warned_at, breached_at)
    overriding system value
    select each.id, given.ticket_id, target, cycle, started_at, runs, paused_at, fulfilled_at, cancelled_at,
      cancelled_by, each.policy_id, each.policy_version, priority, clock, target_seconds, applied_at, warn_at, due_at,
      overdue_at, warned_at, breached_at
    from given, json_to_recordset(given.clocks) as each (id bigint, target text, cycle int,
      started_at timestamptz, runs jsonb, paused_at timestamptz, fulfilled_at timestamptz, cancelled_at timestamptz,
      cancelled_by text, policy_id bigint, policy_version int, priority text, clock text, target_seconds int,
      applied_at timestamptz, warn_at timestamptz, due_at timestamptz, overdue_at timestamptz,
      warned_at timestamptz, breached_at timestamptz)
    on conflict (ticket_id, target, cycle) do update set runs = excluded.runs, paused_at = excluded.paused_at,
      fulfilled_at = excluded.fulfilled_at, cancelled_at = excluded.cancelled_at,
      cancelled_by = excluded.cancelled_by, policy_id = excluded.policy_id,
      policy_version = excluded.policy_version, priority = excluded.priority, clock = excluded.clock,
      target_seconds = excluded.target_seconds, applied_at = excluded.applied_at, warn_at = excluded.warn_at,
      due_at = excluded.due_at, overdue_at = excluded.overdue_at, warned_at = excluded.warned_at,
      breached_at = excluded.breached_at`,
};

function recordOf(clock: SlaClock): Record<string, unknown> {
  const { promised } = clock;
  return {
    target: clock.target,
    cycle: clock.cycle,
    runs: clock.runs,
    cancelled_by: clock.cancelledBy,
    policy_id: promised?.policyId ?? null,
    policy_version: promised?.policyVersion ?? null,
    priority: promised?.priority ?? null,
    clock: promised?.clock ?? null,
    target_seconds: promised?.targetSeconds ?? null,
    started_at: written(clock.startedAt),
    paused_at: written(pausedSince(clock)),
    fulfilled_at: written(clock.fulfilledAt),
    cancelled_at: written(clock.cancelledAt),
    applied_at: written(clock.appliedAt),
    warn_at: written(clock.warnAt),
    due_at: written(clock.dueAt),
    overdue_at: written(clock.overdueAt),
    warned_at: written(clock.warnedAt),
    breached_at: written(clock.breachedAt),
  };
}

const written = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
