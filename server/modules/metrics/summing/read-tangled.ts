import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Observation } from '../observation.ts';
import { selectRowsOfTickets } from '../reading/select-rows.ts';
import type { Stretch } from './cut-windows.ts';

/**
 * Of each period every row of the tickets that a solve in it was undone of: a ticket is solved twice only when its first
 * solve was undone.
 */
export async function readTangled(db: Queryable, stretches: readonly Stretch[]): Promise<Observation[][]> {
  const ranges = joinTouching(stretches);
  const rows = await selectRowsOfTickets(
    db,
    ['created', 'solve', 'reopen', 'full_resolution'],
    sql`select ticket_id from unnest(${ranges.map(({ from }) => from)}::bigint[], ${ranges.map(({ to }) => to)}::bigint[])
      as ranges (begins, ends) join observations on measure = 'solve' and until is not null and retracted_at is null
        and at >= begins and at < ends`,
  );
  const tickets = [...Map.groupBy(rows, ({ observation }) => observation.ticketId).values()].map((own) =>
    own.map(({ observation }) => observation),
  );
  return stretches.map((stretch) => tickets.filter((own) => own.some(isUndoneIn(stretch))).flat());
}

function isUndoneIn({ from, to }: Stretch): (row: Observation) => boolean {
  return ({ measure, until, at }) =>
    measure === 'solve' && until !== null && at >= from * 1000 && at < to * 1000;
}

function joinTouching(stretches: readonly Stretch[]): Stretch[] {
  const ranges: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last && from <= last.to) ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else ranges.push({ from, to });
  }
  return ranges;
}
