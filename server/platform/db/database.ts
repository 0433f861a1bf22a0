import { createHash } from 'node:crypto';
import pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

// Ids and counts are bigint in the database and stay below 2^53 (the wire's clients read them as numbers).
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
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
}

export interface Database extends Queryable {
  readonly pool: pg.Pool;
  connect(): Promise<pg.PoolClient>;
  close(): Promise<void>;
}

export type Connection = pg.PoolConfig;

export function openDatabase(connection: Connection, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    max: 12,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    // Statements that need no answer of each other share a round trip: send them without awaiting each.
    pipeline: true,
    ...connection,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', onError);
  // A connection somebody holds when the server dies speaks for itself; its query fails, the process goes on.
  pool.on('connect', (client) => client.on('error', onError));
  return {
    ...queryable((query) => pool.query(named(query))),
    pool,
    connect: () => pool.connect(),
    close: () => pool.end(),
  };
}

export function queryable(run: (query: Sql) => Promise<pg.QueryResult>): Queryable {
  return {
    all: async <R extends object>(query: Sql) => (await run(query)).rows as R[],
    maybe: async <R extends object>(query: Sql) => (await run(query)).rows[0] as R | undefined,
    one: async <R extends object>(query: Sql) => {
      const row = (await run(query)).rows[0] as R | undefined;
      if (!row) throw new Error(`no row: ${query.text.slice(0, 120)}`);
      return row;
    },
    write: async (query) => (await run(query)).rowCount ?? 0,
  };
}

const statementNames = new Map<string, string>();

/** Prepared statements are the fastest way in; the name is a digest of the text, so both always agree. */
export function named(query: Sql): pg.QueryConfig {
  const text = query.text;
  let name = statementNames.get(text);
  if (name === undefined && statementNames.size < 2000) {
    name = createHash('sha1').update(text).digest('base64url');
    statementNames.set(text, name);
  }
  return { name, text, values: query.values as unknown[] };
}

export const nothing = sql``;
