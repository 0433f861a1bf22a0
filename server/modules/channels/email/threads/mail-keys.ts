import { randomBytes } from 'node:crypto';
import { type Database, sql } from '../../../../platform/db/database.ts';

export interface MailKey {
  id: number;
  secret: Buffer;
}

const known = new WeakMap<Database, Promise<MailKey[]>>();

/** The desk's signing keys, newest first; read once by each process. */
export function readMailKeys(db: Database): Promise<MailKey[]> {
  const before = known.get(db);
  if (before) return before;
  const reading = loadKeys(db);
  known.set(db, reading);
  reading.catch(() => known.delete(db));
  return reading;
}

async function loadKeys(db: Database): Promise<MailKey[]> {
  const keys = await db.all<MailKey>(sql`select id, secret from mail_keys order by id desc`);
  if (keys.length > 0) return keys;
  await db.write(
    sql`insert into mail_keys (id, secret) values (1, ${randomBytes(32)}) on conflict do nothing`,
  );
  return db.all<MailKey>(sql`select id, secret from mail_keys order by id desc`);
}
