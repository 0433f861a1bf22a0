import type pg from 'pg';
import type { Database } from '../db/database.ts';
import { failpoint } from '../failpoint.ts';
import type { Log } from '../log.ts';

const lockKey = 7_130_002;
const batch = 5000;

/**
 * Gives committed events dense positions. Ids commit out of order, so only events below the transaction horizon
 * are placed: no transaction that could still bring an earlier one is alive. Answers how many were placed.
 */
export async function sequenceOnce(client: pg.PoolClient | pg.Client): Promise<number> {
  await client.query('begin');
  try {
    const cursor = await client.query<{ position: number }>('select position from event_cursor for update');
    const start = cursor.rows[0]?.position ?? 0;
    const placed = await client.query(
      `with next as (
         select id, row_number() over (order by xid8, id) as n from (
           select id, xid8 from events where position is null and xid8 < $2::xid8
           order by xid8, id limit ${batch}) as below
       )
       update events set position = $1 + next.n from next where events.id = next.id`,
      [start, await readHorizon(client)],
    );
    const count = placed.rowCount ?? 0;
    if (count > 0) await client.query('update event_cursor set position = $1', [start + count]);
    failpoint('sequencer.before-commit');
    await client.query('commit');
    return count;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * The oldest transaction of this database that is still open; every one below it is over. A snapshot counts the
 * whole server's transactions, so those that the activity view shows in other databases are left out; the view is
 * read after the snapshot, and what it cannot tell stays in.
 */
async function readHorizon(client: pg.PoolClient | pg.Client): Promise<string> {
  const snapshot = await client.query<{ xmax: string; open: string[] }>(
    `select pg_snapshot_xmax(s)::text as xmax, array(select pg_snapshot_xip(s)::text) as open
     from (select pg_current_snapshot() as s) as taken`,
  );
  const { xmax, open } = snapshot.rows[0] as { xmax: string; open: string[] };
  if (open.length === 0) return xmax;
  const elsewhere = await client.query<{ xid: string }>(
    `select backend_xid::text as xid from pg_stat_activity
     where backend_xid is not null and datname is not null and datname <> current_database()`,
  );
  const foreign = new Set(elsewhere.rows.map((row) => BigInt(row.xid)));
  // `backend_xid` is the low half of the 64-bit number.
  const ours = open.map(BigInt).filter((xid) => !foreign.has(xid & 0xffffffffn));
  return ours.reduce((least, xid) => (xid < least ? xid : least), BigInt(xmax)).toString();
}

export interface Sequencer {
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Every process offers itself; the holder of an advisory lock does the work, and the lock goes with its
 * connection, so a killed holder is followed by the next one.
 */
export function startSequencer(db: Database, log: Log, placed: () => void): Sequencer {
  let stopped = false;
  let wanted = true;
  let wakeUp: (() => void) | null = null;
  const wake = () => {
    wanted = true;
    wakeUp?.();
  };
  const idle = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function hold(client: pg.PoolClient): Promise<void> {
    while (!stopped) {
      wanted = false;
      const count = await sequenceOnce(client);
      if (count > 0) placed();
      if (count === batch) continue;
      // Events above the horizon wait for a transaction that is still open: look again soon.
      if (!wanted) await idle(count > 0 ? 10 : 250);
    }
  }

  async function live(): Promise<void> {
    while (!stopped) {
      let client: pg.PoolClient | undefined;
      let broken: Error | undefined;
      try {
        client = await db.connect();
        const lock = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
          lockKey,
        ]);
        if (lock.rows[0]?.held) {
          await hold(client);
          await client.query('select pg_advisory_unlock($1)', [lockKey]);
        }
      } catch (error) {
        broken = error as Error;
        if (!stopped) log.warn({ error: String(error) }, 'sequencer lost its connection');
      } finally {
        client?.release(broken);
      }
      if (!stopped) await idle(500);
    }
  }

  const done = live();
  return {
    wake,
    async stop() {
      stopped = true;
      wake();
      await done;
    },
  };
}
