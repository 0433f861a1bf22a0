import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import type { TicketClocks } from './advance-clocks.ts';
import type { Measure, Reason, Target } from './contract.ts';
import type { CancelCause } from './events.ts';
import { clockKey, type Promised, type Run, type SlaClock } from './sla-clock.ts';
import type { TicketFacts } from './ticket-facts.ts';

/** The policy that holds for a ticket, and why. */
export interface Attached {
  policyId: number | null;
  policyVersion: number | null;
  reason: Reason | null;
  matchedAt: Date | null;
}

/** Everything this module keeps about one ticket; of its clocks the newest of each target. */
export interface TicketSla extends TicketClocks {
  readonly attached: Attached;
}

export interface ClockRow {
  id: number;
  target: Target;
  cycle: number;
  startedAt: Date;
  runs: Run[];
  fulfilledAt: Date | null;
  cancelledAt: Date | null;
  cancelledBy: CancelCause | null;
  promisedBy: number | null;
  promisedVersion: number | null;
  priority: Promised['priority'];
  clock: Measure | null;
  targetSeconds: number | null;
  appliedAt: Date | null;
  warnAt: Date | null;
  dueAt: Date | null;
  overdueAt: Date | null;
  warnedAt: Date | null;
  breachedAt: Date | null;
}

export interface StoredSla {
  /** Names the set of policies that holds now. */
  stamp: string;
  /** Null for a ticket that no clock was ever kept for. */
  sla: TicketSla | null;
  ids: ClockIds;
}

export interface ClockIds {
  /** Of the newest clocks, by their key. */
  stored: Map<string, number>;
  /** Taken for clocks that a new ticket is about to get. */
  spare: number[];
}

export const clockColumns = sql`id, target, cycle, started_at as "startedAt", runs, fulfilled_at as "fulfilledAt",
  cancelled_at as "cancelledAt", cancelled_by as "cancelledBy", policy_id as "promisedBy",
  policy_version as "promisedVersion", priority, clock, target_seconds as "targetSeconds",
  applied_at as "appliedAt", warn_at as "warnAt", due_at as "dueAt", overdue_at as "overdueAt",
  warned_at as "warnedAt", breached_at as "breachedAt"`;

type Row = { stamp: string; ticketId: number; facts: TicketFacts | null } & Attached &
  (ClockRow | { [K in keyof ClockRow]: null });

/** The stamp of the policies, what is known of the ticket, and the newest clock of each target. */
const slaReading: Joint<number, Row> = {
  key: (ticketId) => ticketId,
  of: ({ ticketId }) => ticketId,
  statement: (ticketIds) => sql`
    select stamp, wanted.ticket_id as "ticketId", facts, ticket_slas.policy_id as "policyId",
      ticket_slas.policy_version as "policyVersion", reason, matched_at as "matchedAt", newest.*
    from sla_policy_stamp cross join unnest(${ticketIds}::bigint[]) as wanted (ticket_id)
    left join ticket_slas on ticket_slas.ticket_id = wanted.ticket_id
    left join lateral (select distinct on (target) ${clockColumns} from sla_clocks
      where sla_clocks.ticket_id = wanted.ticket_id order by target desc, cycle desc) as newest on true`,
};

export async function readTicketSla(db: Queryable, ticketId: number): Promise<StoredSla> {
  const rows = await db.joined(slaReading, ticketId);
  const row = rows[0];
  if (!row) throw new Error('the stamp of the policies is missing');
  if (!row.facts) return { stamp: row.stamp, sla: null, ids: { stored: new Map(), spare: [] } };
  const { policyId, policyVersion, reason, matchedAt } = row;
  // Read backwards, as the index gives the newest first.
  const found = rows.flatMap((each) => (each.id === null ? [] : [each])).reverse();
  return {
    stamp: row.stamp,
    sla: {
      facts: row.facts,
      clocks: found.map(clockOfRow),
      attached: { policyId, policyVersion, reason, matchedAt },
    },
    ids: { stored: new Map(found.map((each) => [clockKey(each), each.id])), spare: [] },
  };
}

let asked = 0;
const openingReading: Joint<number, { n: number; stamp: string; spare: number[] }> = {
  key: (n) => n,
  of: ({ n }) => n,
  statement: (numbers) => sql`
    select n, stamp, array(select nextval('sla_clocks_id_seq') from generate_series(n, n + 3)) as spare
    from sla_policy_stamp cross join unnest(${numbers}::bigint[]) as wanted (n)`,
};

/** The same for a ticket that is being opened: it has no clocks yet, and gets some. */
export async function readToOpen(tx: Queryable): Promise<StoredSla> {
  const [row] = await tx.joined(openingReading, ++asked);
  if (!row) throw new Error('the stamp of the policies is missing');
  return { stamp: row.stamp, sla: null, ids: { stored: new Map(), spare: row.spare } };
}

export function clockOfRow(row: ClockRow): SlaClock {
  const { target, cycle, runs, cancelledBy } = row;
  return {
    target,
    cycle,
    runs,
    cancelledBy,
    promised: promisedOfRow(row),
    startedAt: row.startedAt.getTime(),
    fulfilledAt: instant(row.fulfilledAt),
    cancelledAt: instant(row.cancelledAt),
    appliedAt: instant(row.appliedAt),
    warnAt: instant(row.warnAt),
    dueAt: instant(row.dueAt),
    overdueAt: instant(row.overdueAt),
    warnedAt: instant(row.warnedAt),
    breachedAt: instant(row.breachedAt),
  };
}

function promisedOfRow(row: ClockRow): Promised | null {
  const { promisedBy: policyId, promisedVersion: policyVersion, priority, clock, targetSeconds } = row;
  if (policyId === null || policyVersion === null || clock === null || targetSeconds === null) return null;
  return { policyId, policyVersion, priority, clock, targetSeconds };
}

const instant = (at: Date | null): number | null => at?.getTime() ?? null;
