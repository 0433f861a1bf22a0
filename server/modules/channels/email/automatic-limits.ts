import { type Queryable, sql } from '../../../platform/db/database.ts';

/** How many automatic mails one address gets, for one ticket and over all. */
const limits = [
  { name: 'ticket_10_minutes', minutes: 10, most: 5, sameTicket: true },
  { name: 'ticket_hour', minutes: 60, most: 10, sameTicket: true },
  { name: 'ticket_day', minutes: 24 * 60, most: 25, sameTicket: true },
  { name: 'recipient_10_minutes', minutes: 10, most: 30, sameTicket: false },
] as const;

/** The limit that another automatic mail would break, or null. */
export async function limitReached(
  db: Queryable,
  now: Date,
  recipient: string,
  ticketId: number | null,
): Promise<string | null> {
  const rows = await db.all<{ createdAt: Date; ticketId: number | null }>(sql`
    select created_at as "createdAt", ticket_id as "ticketId" from outgoing_mails
    where automatic and recipients[1] = ${recipient} and created_at > ${new Date(now.getTime() - 24 * 3_600_000)}
    order by created_at desc limit 1000`);
  const reached = limits.find(({ minutes, most, sameTicket }) => {
    const since = now.getTime() - minutes * 60_000;
    const counted = rows.filter(
      (row) => row.createdAt.getTime() > since && (!sameTicket || row.ticketId === ticketId),
    );
    return counted.length >= most;
  });
  return reached?.name ?? null;
}
