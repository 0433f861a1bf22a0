import { type Queryable, sql } from '../db/database.ts';
import { traceError } from '../describe-error.ts';

/** The tickets a consumer has worked on, and those among them for which it could not do its work. */
export interface Tried {
  tickets: readonly number[];
  failed: ReadonlyMap<number, unknown>;
}

/** Those that failed are set aside, with why and how often; the others are no longer. */
export async function settleTried(
  tx: Queryable,
  consumer: string,
  { tickets, failed }: Tried,
): Promise<void> {
  const good = tickets.filter((id) => !failed.has(id));
  await tx.write(sql`
    delete from set_aside_tickets where consumer = ${consumer} and ticket_id = any(${good}::bigint[])`);
  if (failed.size === 0) return;
  const errors = [...failed.values()].map((error) => storable(traceError(error, 3)).slice(0, 2000));
  await tx.write(sql`
    insert into set_aside_tickets as known (consumer, ticket_id, error, since, tried_at)
    select ${consumer}, ticket_id, error, now(), now()
    from unnest(${[...failed.keys()]}::bigint[], ${errors}::text[]) as failed (ticket_id, error)
    on conflict (consumer, ticket_id) do update set error = excluded.error, tried_at = excluded.tried_at,
      tries = known.tries + 1, due = false`);
}

/** An error may quote the very value that no text can hold. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Has them tried again at the consumer's next batch; answers whether there were any. */
export async function retryAside(
  db: Queryable,
  which: { consumer: string } | { id: number },
): Promise<boolean> {
  const these = 'id' in which ? sql`id = ${which.id}` : sql`consumer = ${which.consumer}`;
  return (await db.write(sql`update set_aside_tickets set due = true where ${these}`)) > 0;
}

export interface AsideRow {
  id: number;
  consumer: string;
  ticket_id: number;
  error: string;
  since: Date;
  tried_at: Date;
  tries: number;
  due: boolean;
}

/** A page of them, the first set aside first. */
export function listAside(db: Queryable, after: number, limit: number): Promise<AsideRow[]> {
  return db.all(sql`select * from set_aside_tickets where id > ${after} order by id limit ${limit}`);
}
