import { empty, join, type Queryable, sql } from '../../../platform/db/database.ts';
import { type Distribution, describeValues } from '../arithmetic/distribution.ts';
import { counted, endOf, type Frame, inFrame } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { selectRowsOfTickets } from '../reading/select-rows.ts';
import { type Cut, coverDays, cutWindow, type Stretch } from './cut-window.ts';
import { bucketsOf, datedIn } from './parts-of-period.ts';
import { type RankBuckets, readRanks } from './read-ranks.ts';
import { readStates } from './read-states.ts';
import { countOf, kept, type RankClock, type Series, type SumGroup, type Sums } from './sums.ts';

/** `ranks`: with median and p90. `stock`: with what is unsolved and unanswered, and not only unclaimed. */
export interface Wanted {
  ranks: boolean;
  stock: boolean;
}

/** A period of the whole desk from its roll-ups, and from rows where it cuts a day. */
export async function readSums(
  db: Queryable,
  window: { from: number; to: number },
  asOf: number,
  wanted: Wanted,
): Promise<Sums> {
  const frame: Frame = { ...window, asOf, businessSeconds: () => 0 };
  const stretch = { from: window.from / 1000, to: Math.max(window.from, endOf(frame) + 1000) / 1000 };
  const cut = cutWindow(stretch);
  const [sums, tangled, solvedOfEarlier, stockBefore, ranks, states] = await Promise.all([
    readGroups(db, cut),
    readTangled(db, stretch),
    readSolvedOfEarlier(db, stretch, cut),
    readStockBefore(db, stretch.from),
    readRanks(db, stretch, cut, wanted.ranks),
    readStates(db, stretch.to - 1, wanted.stock),
  ]);
  const groups = (series: Series) => sums.get(series) ?? [];
  const rows = dated(tangled, frame);
  const change = groups('backlog_flow').reduce((sum, { value }) => sum + value, 0);
  return {
    frame,
    groups,
    plain: (series) => subtract(groups(series), rows(series)),
    tangled,
    solvedOfEarlier: solvedOfEarlier - counted(rows('full_resolution')).filter(isEarlier(window.from)).length,
    stockBefore,
    spread: (series, clock) => spreadOf(kept(groups(series)), series, clock, ranks),
    claimsInTime: ranks.claimsInTime,
    ...states,
    // The same stock as a running sum of what came and went: a comparison asks for no more than its count.
    unsolved: wanted.stock ? states.unsolved : { ...states.unsolved, n: stockBefore + change },
  };
}

type Stored = Omit<SumGroup, 'reason'> & { series: Series; excluded_reason: string };

async function readGroups(db: Queryable, cut: Cut): Promise<Map<Series, SumGroup[]>> {
  const edges = cut.edges.map(
    (edge) => sql`union all select series, kind, channel, excluded_reason, lasts, 1, value, business, clocked,
      coalesce(creation, 0) from observation_parts where ${datedIn(edge)}`,
  );
  const rows = await db.all<Stored>(sql`
    select series, kind, channel, excluded_reason, lasts, sum(n) as n, sum(value) as value, sum(business) as business,
      sum(clocked) as clocked, sum(creation) as creation
    from (
      select series, kind, channel, excluded_reason, lasts, n, value, business, clocked, creation
      from ${bucketsOf(cut)} join observation_sums using (span, bucket)
      ${join([empty, ...edges], ' ')}
    ) as parts
    group by series, kind, channel, excluded_reason, lasts`);
  const groups = new Map<Series, SumGroup[]>();
  for (const { series, excluded_reason, ...sums } of rows) {
    const group = { ...sums, reason: (excluded_reason || null) as SumGroup['reason'] };
    groups.set(series, [...(groups.get(series) ?? []), group]);
  }
  return groups;
}

/** A ticket is solved twice only when its first solve was undone. */
async function readTangled(db: Queryable, { from, to }: Stretch): Promise<Observation[]> {
  const tickets = sql`select ticket_id from observations where measure = 'solve' and until is not null
    and retracted_at is null and at >= ${from}::bigint and at < ${to}::bigint`;
  const rows = await selectRowsOfTickets(db, ['created', 'solve', 'reopen', 'full_resolution'], tickets);
  return rows.map(({ observation }) => observation);
}

async function readSolvedOfEarlier(db: Queryable, { from }: Stretch, cut: Cut): Promise<number> {
  const beginDay = Math.floor(from / 86_400);
  const known = sql`measure = 'full_resolution' and retracted_at is null and excluded_reason is null`;
  const edges = cut.edges.map(
    (edge) => sql`union all select count(*) from observations
      where ${known} and at >= ${edge.from}::bigint and at < ${edge.to}::bigint and since < ${from}::bigint`,
  );
  // Tickets of the day that the period's begin cuts: created before it, solved on a whole day.
  const cutDay = sql`union all select count(*) from observations
    where ${known} and since >= ${beginDay * 86_400}::bigint and since < ${from}::bigint
      and at >= ${cut.firstDay * 86_400}::bigint and at < ${cut.endDay * 86_400}::bigint`;
  const { n } = await db.one<{ n: number }>(sql`
    select coalesce(sum(n), 0) as n from (
      select n from observation_spans
      where day >= ${cut.firstDay} and day < ${cut.endDay} and since_day < ${beginDay}
      ${join([empty, cutDay, ...edges], ' ')}
    ) as parts`);
  return n;
}

async function readStockBefore(db: Queryable, from: number): Promise<number> {
  const endDay = Math.floor(from / 86_400);
  const wide = Math.floor(endDay / 64);
  const { n } = await db.one<{ n: number }>(sql`
    select coalesce(sum(value), 0) as n from (
      select value from observation_sums where series = 'backlog_flow' and span = 2 and bucket < ${wide}
      union all select value from ${bucketsOf({ buckets: coverDays(wide * 64, endDay) })}
        join observation_sums using (span, bucket) where series = 'backlog_flow'
      union all select value from observations where measure = 'backlog_flow' and retracted_at is null
        and at >= ${endDay * 86_400}::bigint and at < ${from}::bigint
    ) as parts`);
  return n;
}

function isEarlier(from: number): (row: Observation) => boolean {
  return ({ since }) => since !== null && since < from;
}

/** The rows of the tangled tickets that the sums of a series have in them. */
function dated(tangled: readonly Observation[], frame: Frame): (series: Series) => Observation[] {
  return (series) => {
    if (series !== 'cohort') return inFrame(tangled, series, frame);
    const end = endOf(frame);
    return tangled.filter(
      ({ measure, until, since }) =>
        measure === 'full_resolution' &&
        until === null &&
        since !== null &&
        since >= frame.from &&
        since <= end,
    );
  };
}

function subtract(groups: readonly SumGroup[], rows: readonly Observation[]): SumGroup[] {
  const counts = new Map<string, number>();
  for (const { kind, dims, excludedReason, until } of rows) {
    const key = keyOf(kind ?? '', dims.channel ?? '', excludedReason, until === null);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return groups.map((group) => ({
    ...group,
    n: group.n - (counts.get(keyOf(group.kind, group.channel, group.reason, group.lasts)) ?? 0),
  }));
}

function keyOf(kind: string, channel: string, reason: string | null, lasts: boolean): string {
  return `${kind}|${channel}|${reason ?? ''}|${lasts}`;
}

function spreadOf(
  groups: readonly SumGroup[],
  series: Series,
  clock: RankClock,
  ranks: RankBuckets,
): Distribution {
  const own = groups.filter(
    ({ lasts, channel }) => (series !== 'full_resolution' || lasts) && (series !== 'claim' || channel !== ''),
  );
  const n = countOf(own);
  if (n === 0) return describeValues([]);
  const field = clock === 'calendar' ? 'value' : clock;
  const sum = own.reduce((total, group) => total + group[field], 0);
  const { median, p90 } = ranks.ranksOf(series, clock);
  return { n, sum, mean: sum / n, median, p90 };
}
