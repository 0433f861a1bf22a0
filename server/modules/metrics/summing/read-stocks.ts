import { type Queryable, sql } from '../../../platform/db/database.ts';
import { DAY, type Stretch } from './cut-windows.ts';
import { changeOf, type Groups } from './read-groups.ts';

/**
 * Sum of all stock changes before each period, once it is known what came and went in each: one that begins where the one
 * before it in the list ends begins with its stock.
 */
export async function readStocks(
  db: Queryable,
  stretches: readonly Stretch[],
): Promise<(groups: readonly Groups[]) => number[]> {
  const follows = stretches.map(({ from }, place) => from === stretches[place - 1]?.to);
  const apart = await readStocksAt(
    db,
    stretches.filter((_, place) => !follows[place]).map(({ from }) => from),
  );
  return (groups) => {
    const befores: number[] = [];
    let end = 0;
    for (const [place, own] of groups.entries()) {
      const before = follows[place] ? end : (apart.shift() ?? 0);
      befores.push(before);
      end = before + changeOf(own);
    }
    return befores;
  };
}

async function readStocksAt(db: Queryable, begins: readonly number[]): Promise<number[]> {
  const days = begins.map((begin) => Math.round(begin / DAY));
  const midnight = sql`(day * ${DAY}::bigint)`;
  const rows = await db.all<{ n: number }>(sql`
    select (
      select coalesce(sum(value), 0) from observation_sums where series = 'backlog_flow' and (span = 2 and bucket < day >> 6
        or span = 1 and bucket >= (day >> 6) * 8 and bucket < day >> 3
        or span = 0 and bucket >= (day >> 3) * 8 and bucket < day)
    ) + sign(begin - ${midnight}) * (
      select coalesce(sum(value), 0) from observations where measure = 'backlog_flow' and retracted_at is null
        and at >= least(begin, ${midnight}) and at < greatest(begin, ${midnight})
    ) as n
    from unnest(${[...begins]}::bigint[], ${days}::int[]) with ordinality as begins (begin, day, place) order by place`);
  return rows.map(({ n }) => n);
}
