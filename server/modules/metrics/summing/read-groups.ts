import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Observation } from '../observation.ts';
import type { Cut } from './cut-windows.ts';
import { bucketsOf, datedInPiece, piecesOf, sharesOf } from './parts-of-period.ts';
import type { Series, SumGroup } from './sums.ts';

export type Groups = ReadonlyMap<Series, readonly SumGroup[]>;

type Stored = Omit<SumGroup, 'reason'> & { part: number; series: Series; excluded_reason: string };

/** What a value is made of; the rest stands beside it. */
const valued: Series[] = [
  'created',
  'solve',
  'full_resolution',
  'first_response',
  'claim',
  'backlog_flow',
  'sla_outcome',
];

/** The first period with everything that is told apart in a figure, the others with what a value tells apart. */
export async function readGroups(db: Queryable, cut: Cut): Promise<Groups[]> {
  const rows = await db.all<Stored>(sql`
    select part, series, case when part = 0 or series = 'solve' then kind else '' end as kind,
      case when part = 0 or series = 'claim' then channel else '' end as channel, excluded_reason, lasts, sum(n) as n,
      sum(value) as value, sum(business) as business, sum(clocked) as clocked, sum(creation) as creation
    from (
      select part, series, kind, channel, excluded_reason, lasts, n, value, business, clocked, creation
      from ${bucketsOf(cut)} join observation_sums using (span, bucket)
      union all
      select part, series, kind, channel, excluded_reason, lasts, sign * n, sign * value, sign * business, sign * clocked,
        sign * creation
      from ${piecesOf(cut)} cross join lateral (
        select series, kind, channel, excluded_reason, lasts, count(*) as n, sum(value) as value, sum(business) as business,
          sum(clocked) as clocked, coalesce(sum(creation), 0) as creation
        from observation_parts where ${datedInPiece} group by series, kind, channel, excluded_reason, lasts
      ) as parts join ${sharesOf(cut)} using (piece)
    ) as sums
    where part = 0 or series = any(${valued}::text[])
    group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`);
  const groups = cut.runs.map(() => new Map<Series, SumGroup[]>());
  for (const { part, series, excluded_reason, ...sums } of rows) {
    const group = { ...sums, reason: (excluded_reason || null) as SumGroup['reason'] };
    const own = groups[part] as Map<Series, SumGroup[]>;
    own.set(series, [...(own.get(series) ?? []), group]);
  }
  return groups;
}

/** Sums without these rows of theirs, as far as rows are counted in them: with every group told apart or not. */
export function subtract(
  groups: readonly SumGroup[],
  series: Series,
  rows: readonly Observation[],
  whole: boolean,
): SumGroup[] {
  const counts = new Map<string, number>();
  for (const { kind, dims, excludedReason, until } of rows) {
    const told = { kind: whole || series === 'solve' ? kind : null, channel: whole ? dims.channel : null };
    const key = keyOf(told.kind ?? '', told.channel ?? '', excludedReason, until === null);
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

/** By how much the stock grew. */
export function changeOf(groups: Groups): number {
  return (groups.get('backlog_flow') ?? []).reduce((sum, { value }) => sum + value, 0);
}
