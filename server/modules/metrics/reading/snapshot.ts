import { type Database, type Queryable, sql } from '../../../platform/db/database.ts';

/** Several reads of one and the same state of the desk. */
export const inSnapshot = <R>(db: Database, read: (db: Queryable) => Promise<R>): Promise<R> =>
  db.transaction([sql`begin isolation level repeatable read read only`], read);
