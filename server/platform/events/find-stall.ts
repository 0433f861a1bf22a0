import { type Queryable, sql } from '../db/database.ts';

/** Events wait at most so long for their place when all is well: a second, and some for a busy disk. */
const patienceSeconds = 60;

export interface Stall {
  seconds: number;
  /** Whose open transaction is the oldest that may hold the log up, of this database first; null when none is seen. */
  pid: number | null;
}

/** How long the oldest event has waited for its place in the log, when that is too long. */
export async function findStall(db: Queryable): Promise<Stall | null> {
  const row = await db.one<{ seconds: number | null; pid: number | null }>(sql`
    select (select extract(epoch from now() - min(recorded_at)) from events where position is null)::int as seconds,
      (select pid from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
        order by datname is distinct from current_database(), xact_start limit 1) as pid`);
  return row.seconds !== null && row.seconds > patienceSeconds
    ? { seconds: row.seconds, pid: row.pid }
    : null;
}
