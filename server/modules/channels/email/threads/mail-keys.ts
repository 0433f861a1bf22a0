import { randomBytes } from 'node:crypto';
import { type Queryable, sql } from '../../../../platform/db/database.ts';

export interface MailKey {
  id: number;
  secret: Buffer;
}

const known = new WeakMap<Queryable, Promise<MailKey[]>>();

/** The desk's signing keys, newest first; read once for each connection pool, and once for each command. */
export function readMailKeys(db: Queryable): Promise<MailKey[]> {
  const before = known.get(db);
  if (before) return before;
  const reading = loadKeys(db);
  known.set(db, reading);
  reading.catch(() => known.delete(db));
  return reading;
}

/** The keys as a column of another statement: hexadecimal, for `rememberMailKeys`. */
export const mailKeysColumn = sql`(select jsonb_agg(jsonb_build_object('id', id, 'secret', encode(secret, 'hex'))
  order by id desc) from mail_keys)`;

export type WrittenMailKey = { id: number; secret: string };

/** What was read with something else is not read again; null, before the first key was made, is nothing to know. */
export function rememberMailKeys(db: Queryable, keys: WrittenMailKey[] | null): void {
  if (keys === null || known.has(db)) return;
  known.set(db, Promise.resolve(keys.map(({ id, secret }) => ({ id, secret: Buffer.from(secret, 'hex') }))));
}

/** What a connection pool has read, its commands need not read. */
export function shareMailKeys(from: Queryable, to: Queryable): void {
  const keys = known.get(from);
  if (keys && !known.has(to)) known.set(to, keys);
}

async function loadKeys(db: Queryable): Promise<MailKey[]> {
  const keys = await db.all<MailKey>(sql`select id, secret from mail_keys order by id desc`);
  if (keys.length > 0) return keys;
  await db.write(
    sql`insert into mail_keys (id, secret) values (1, ${randomBytes(32)}) on conflict do nothing`,
  );
  return db.all<MailKey>(sql`select id, secret from mail_keys order by id desc`);
}
