import type pg from 'pg';
import type { Database } from '../db/database.ts';
import { failpoint } from '../failpoint.ts';
import type { Log } from '../log.ts';

const lockKey = 7_130_002;
const batch = 5000;
const gatherMilliseconds = 50;

/**
 * Gives committed events dense positions. Ids commit out of order, so only events below the transaction horizon
 * are placed: no transaction that could still bring an earlier one is alive. Answers how many were placed.
 */
export async function sequenceOnce(client: pg.PoolClient | pg.Client): Promise<number> {
  try {
    const { position, xmax, open } = await begin(client);
    const horizon = least(xmax, open);
    let count = await place(client, position, horizon);
    if (count === 0 && open.length > 0) {
      const ours = await leaveOutForeign(client, open);
      if (least(xmax, ours) > horizon) count = await place(client, position, least(xmax, ours));
    }
    failpoint('sequencer.before-commit');
    await client.query('commit');
    return count;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

interface Taken {
  position: number;
  /** The next transaction, and those below it that are still open. */
  xmax: bigint;
  open: bigint[];
}

/** The cursor's lock, and a snapshot taken after it, in one trip. */
async function begin(client: pg.PoolClient | pg.Client): Promise<Taken> {
  const [, cursor, snapshot] = (await client.query(`begin; select position from event_cursor for update;
    select pg_snapshot_xmax(s)::text as xmax, array(select pg_snapshot_xip(s)::text) as open
    from (select pg_current_snapshot() as s) as taken`)) as unknown as pg.QueryResult[];
  const taken: { xmax: string; open: string[] } | undefined = snapshot?.rows[0];
  if (!taken) throw new Error('the database gave no snapshot');
  const { position } = cursor?.rows[0] ?? { position: 0 };
  return { position, xmax: BigInt(taken.xmax), open: taken.open.map(BigInt) };
}

async function place(client: pg.PoolClient | pg.Client, position: number, horizon: bigint): Promise<number> {
  const placed = await client.query<{ count: number }>({
    name: 'place-events',
    text: `with next as (
       select id, row_number() over (order by xid8, id) as n from (
         select id, xid8 from events where position is null and xid8 < $2::xid8
         order by xid8, id limit ${batch}) as below
     ), placed as (
       update events set position = $1::bigint + next.n from next where events.id = next.id returning 1
     ), counted as (
       select count(*) as count from placed
     ), moved as (
       update event_cursor set position = $1::bigint + counted.count from counted where counted.count > 0
     )
     select count from counted`,
    values: [position, horizon.toString()],
  });
  return placed.rows[0]?.count ?? 0;
}

const least = (xmax: bigint, open: bigint[]): bigint => open.reduce((a, b) => (b < a ? b : a), xmax);

/**
 * A snapshot counts the whole server's transactions, so those that the activity view shows in other databases are
 * left out; the view is read after the snapshot, and what it cannot tell stays in.
 */
async function leaveOutForeign(client: pg.PoolClient | pg.Client, open: bigint[]): Promise<bigint[]> {
  const elsewhere = await client.query<{ xid: string }>(
    `select backend_xid::text as xid from pg_stat_activity
     where backend_xid is not null and datname is not null and datname <> current_database()`,
  );
  const foreign = new Set(elsewhere.rows.map((row) => BigInt(row.xid)));
  // `backend_xid` is the low half of the 64-bit number.
  return open.filter((xid) => !foreign.has(xid & 0xffffffffn));
}

/**
 * Unplaced events that were restored or moved from another server carry its transaction ids. One that is above all of
 * this server's would wait for years. Statement and snapshot are one, so no transaction of this server can look like it.
 */
export async function adoptMoved(client: pg.PoolClient | pg.Client): Promise<number> {
  const { rowCount } = await client.query(
    `update events set xid8 = '3' where position is null and xid8 >= pg_snapshot_xmax(pg_current_snapshot())`,
  );
  return rowCount ?? 0;
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
    await adoptMoved(client);
    while (!stopped) {
      wanted = false;
      const count = await sequenceOnce(client);
      if (count > 0) placed();
      if (count === batch) continue;
      // A pass costs the same for one event as for a hundred.
      await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds));
      // Events above the horizon wait for a transaction that is still open: look again soon.
      if (!wanted) await idle(count > 0 ? 10 : 250);
    }
  }

  async function live(): Promise<void> {
    while (!stopped) {
      let client: pg.PoolClient | undefined;
      let broken: Error | undefined;
      try {
        client = await db.connectSteady();
        const lock = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
          lockKey,
        ]);
        if (lock.rows[0]?.held) {
          await hold(client);
          await client.query('select pg_advisory_unlock($1)', [lockKey]);
        }
      } catch (error) {
        broken = error as Error;
        if (!stopped) log.warn({ error }, 'sequencer lost its connection');
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
