import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Queryable, sql } from '../../platform/db/database.ts';

/** 256 random bits as 43 characters that need no escaping anywhere. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored instead of a token. Tokens are random, so a fast digest is enough. */
export const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A key for one purpose, derived from the desk's secret: the same in every process, useless for other purposes. */
export async function deskKey(db: Queryable, purpose: string): Promise<Buffer> {
  const { secret } = await db.one<{ secret: Buffer }>(sql`select secret from desk_secret`);
  return createHmac('sha256', secret).update(purpose).digest();
}

/** Safe in several processes at once: the first one's secret stays. */
export async function ensureDeskSecret(db: Queryable): Promise<void> {
  await db.write(sql`insert into desk_secret (secret) values (${randomBytes(32)}) on conflict do nothing`);
}
