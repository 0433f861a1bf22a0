import pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { type Joint, type Lane, openLane, sendGathered } from './gather-statements.ts';

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';
export type { Joint } from './gather-statements.ts';

// Ids and counts are bigint in the database and stay below 2^53 (the wire's clients read them as numbers).
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// Instants come in UTC, which needs no reading of zones; what is unusual goes the driver's own way.
const readInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (
  text: string,
) => unknown;
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) =>
  /^\d{4}-.*\+00$/.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readInstant(text),
);
// A bigint[] arrives as `{1,2}`; its type has no name in the driver's list.
const bigintArray = 1016 as never;
pg.types.setTypeParser(bigintArray, (text) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
);

export interface Queryable {
  /** All rows. */
  all<R extends object>(query: Sql): Promise<R[]>;
  /** The only row, or undefined. */
  maybe<R extends object>(query: Sql): Promise<R | undefined>;
  /** The only row; throws when there is none. */
  one<R extends object>(query: Sql): Promise<R>;
  /** Runs a write; answers how many rows it touched. */
  write(query: Sql): Promise<number>;
  /** Asks together with whoever asks the same on this connection in this turn; answers the rows of this item. */
  joined<Item, Row extends object>(joint: Joint<Item, Row>, item: Item): Promise<Row[]>;
}

export interface Database extends Queryable {
  readonly pool: pg.Pool;
  connect(): Promise<pg.PoolClient>;
  /** For commands, and for those who follow them: a connection that keeps its plans. */
  connectSteady(): Promise<pg.PoolClient>;
  /** One transaction, opened by `begin`: committed, or rolled back when the work fails. */
  transaction<T>(begin: Sql[], work: (tx: Queryable) => Promise<T>): Promise<T>;
  steadyTransaction<T>(begin: Sql[], work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Reads on one connection: those that are sent without awaiting each other share a round trip. */
  together<T>(read: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type Connection = pg.PoolConfig;

export function openDatabase(connection: Connection, onError: (error: Error) => void): Database {
  let closing = false;
  // A connection that breaks while all are being closed is no news.
  const tell = (error: Error) => {
    if (!closing) onError(error);
  };
  const pool = openPool(connection, tell, {});
  const steady = openPool(connection, tell, { onConnect: keepPlans });
  return {
    ...queryable({
      ask: (query) => together(pool, (client) => openLane(client).ask(query)),
      join: (joint, item) => together(pool, (client) => openLane(client).join(joint, item)),
    }),
    transaction: (begin, work) => transact(pool, begin, work),
    steadyTransaction: (begin, work) => transact(steady, begin, work),
    together: (read) => together(pool, (client) => read(queriesOn(client))),
    pool,
    connect: () => pool.connect(),
    connectSteady: () => steady.connect(),
    close: async () => {
      closing = true;
      await Promise.all([pool.end(), steady.end()]);
    },
  };
}

function openPool(
  connection: Connection,
  tell: (error: Error) => void,
  more: Partial<pg.PoolConfig>,
): pg.Pool {
  const pool = new pg.Pool({
    max: 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    // Statements that need no answer of each other share a round trip: send them without awaiting each.
    pipeline: true,
    ...connection,
    ...more,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', tell);
  // A connection somebody holds when the server dies speaks for itself; its query fails, the process goes on.
  pool.on('connect', (client) => client.on('error', tell));
  return pool;
}

/**
 * Statements keep their plan, and look up by an index where there is one. The small ones of a command take longer to plan
 * than to run, and the server plans those with arrays anew at every run when it is left to choose; of a young desk's
 * tables it knows nothing and reads all. Before version 18 what has no index then seems so dear that the server would
 * compile it first, for a quarter second.
 */
async function keepPlans(client: pg.ClientBase): Promise<void> {
  await client.query('set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off');
}

async function together<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

async function transact<T>(pool: pg.Pool, begin: Sql[], work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const tx = queriesOn(client);
    const begun = begin.map((statement) => tx.write(statement));
    const [result] = await Promise.all([work(tx), ...begun]);
    await commit(client);
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Travels with what was asked in the same turn. A transaction in which a statement failed answers by rolling back. */
export async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await openLane(client).ask(sql`commit`);
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
}

/** Answers why it failed: a connection that cannot even be rolled back must not be given to the next one. */
export async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    // In one group with a statement that fails it would be left out.
    sendGathered(client);
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** One who asks on a connection: answered in the order of asking. */
export const queriesOn = (client: pg.PoolClient): Queryable => queryable(openLane(client));

function queryable({ ask, join }: Lane): Queryable {
  return {
    all: async <R extends object>(query: Sql) => (await ask(query)).rows as R[],
    maybe: async <R extends object>(query: Sql) => (await ask(query)).rows[0] as R | undefined,
    one: async <R extends object>(query: Sql) => {
      const row = (await ask(query)).rows[0] as R | undefined;
      if (!row) throw new Error(`no row: ${query.text.slice(0, 120)}`);
      return row;
    },
    write: async (query) => (await ask(query)).count,
    joined: join,
  };
}
