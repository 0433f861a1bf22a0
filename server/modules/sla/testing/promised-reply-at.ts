import { type Queryable, sql } from '../../../platform/db/database.ts';

/** When this ticket's customer was promised the next reply; null where nobody waits or nothing is promised. */
export async function promisedReplyAt(db: Queryable, ticketId: number): Promise<Date | null> {
  const row = await db.one<{ dueAt: Date | null }>(sql`
    select min(due_at) as "dueAt" from sla_clocks
    where ticket_id = ${ticketId} and target in ('first_reply', 'next_reply')
      and fulfilled_at is null and cancelled_at is null`);
  return row.dueAt;
}
