import { empty, type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import type { StaffPrincipal } from '../../../platform/http/principal.ts';
import { sightCondition } from '../../tickets/index.ts';
import { iso } from './present-figure.ts';

/**
 * Tickets whose history cannot be measured, as far as this person may see them. They are in no figure, whatever its
 * period and filters: in which they would be is what is not known.
 */
export async function countUnmeasured(db: Queryable, principal: StaffPrincipal): Promise<number> {
  const { n } = await db.one<{ n: number }>(
    sql`select count(*) as n from unmeasured_tickets where true ${seenBy(principal)}`,
  );
  return n;
}

/** A page of them, the first left out first. */
export async function readUnmeasured(
  db: Queryable,
  principal: StaffPrincipal,
  { cursor = 0, limit }: { cursor?: number | undefined; limit: number },
) {
  const count = await countUnmeasured(db, principal);
  const rows = await db.all<{ id: number; ticket_id: number; subject: string | null; since: Date }>(sql`
    select unmeasured_tickets.id, ticket_id, measured_tickets.subject, since
    from unmeasured_tickets left join measured_tickets on measured_tickets.id = ticket_id
    where unmeasured_tickets.id > ${cursor} ${seenBy(principal)}
    order by unmeasured_tickets.id limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(({ ticket_id, subject, since }) => ({
      ticketId: ticket_id,
      subject: subject ?? '',
      since: iso(since.getTime()),
    })),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.id) : null,
    count,
  };
}

function seenBy(principal: StaffPrincipal): Sql {
  const sight = sightCondition(principal);
  return sight === null
    ? empty
    : sql`and ticket_id in (select id from measured_tickets as tickets where ${sight})`;
}
