import { join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { type View, viewShape } from './contract.ts';
import { sightCondition } from './sight.ts';
import { ticketSource } from './ticket-row.ts';

/** A promise that runs out within this time, or has, is one to look at now. */
const breachingSeconds = 3600;

/** Which shown tickets are in a view. A customer has the plain ones only: open, solved, all. */
export function viewCondition(view: View, principal: Principal, at: Date): Sql {
  if (principal.kind === 'customer') return customerCondition(view);
  switch (view) {
    case 'mine':
      return sql`unsolved and assignee_id = ${principal.id}`;
    case 'unassigned':
      return sql`unsolved and assignee_id is null`;
    case 'my_team':
      return sql`unsolved and team_id = any(${principal.teamIds}::bigint[])`;
    case 'open':
      return sql`unsolved`;
    case 'waiting':
      return sql`unsolved and waiting_since is not null`;
    case 'breaching':
      return sql`unsolved and due_at <= ${new Date(at.getTime() + breachingSeconds * 1000)}`;
    case 'solved':
      return sql`not unsolved`;
    case 'all':
      return sql`true`;
  }
}

function customerCondition(view: View): Sql {
  if (view === 'solved') return sql`not unsolved`;
  return view === 'all' || view === 'mine' ? sql`true` : sql`unsolved`;
}

export type ViewCounts = Record<View, number>;

/** How many tickets each view holds for this person, in one statement over the views' own indexes. */
export async function countViews(db: Queryable, principal: Principal, at: Date): Promise<ViewCounts> {
  const sight = sightCondition(principal);
  const counted = viewShape.options.filter((view) => view !== 'all');
  const columns = counted.map((view) => countOf(view, sight, viewCondition(view, principal, at)));
  const row = await db.one<{ counts: number[] }>(sql`select jsonb_build_array(${join(columns)}) as counts`);
  const counts = Object.fromEntries(
    counted.map((view, index) => [view, row.counts[index] ?? 0]),
  ) as ViewCounts;
  // Whatever is shown is either unsolved or not.
  return { ...counts, all: counts.solved + counts.open };
}

/** The two large views are tallied by the database as they change; for somebody who sees all, none is counted. */
function countOf(view: View, sight: Sql | null, condition: Sql): Sql {
  const source = view === 'breaching' ? ticketSource : sql`tickets`;
  if (sight) return sql`(select count(*) from ${source} where shown and ${condition} and ${sight})`;
  if (view === 'open') return sql`(select sum(unsolved) from ticket_tallies)`;
  if (view === 'solved') return sql`(select sum(rested) from ticket_tallies)`;
  return sql`(select count(*) from ${source} where shown and ${condition})`;
}
