import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Database, sql } from '../db/database.ts';
import { conflict, HttpError } from './errors.ts';

interface Once {
  scope: string;
  key: string;
  request: FastifyRequest;
  reply: FastifyReply;
  work: () => Promise<unknown>;
}

const inProgress = 0;

/**
 * The first answer under a key is the answer of every later try. Another body under the same key, or a second
 * request while the first is being worked on, is refused. A failed try frees the key.
 */
export async function once(db: Database, { scope, key, request, reply, work }: Once): Promise<unknown> {
  if (key.length > 255)
    throw new HttpError(400, 'bad_idempotency_key', 'An Idempotency-Key has at most 255 characters.');
  const hash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest();
  const claimed = await db.write(sql`
    insert into idempotency_keys (scope, key, request_hash, status) values (${scope}, ${key}, ${hash}, ${inProgress})
    on conflict (scope, key) do update set created_at = now(), request_hash = excluded.request_hash
      where idempotency_keys.status = ${inProgress} and idempotency_keys.created_at < now() - interval '60 seconds'`);
  if (claimed === 0) return replay(db, scope, key, hash, reply);
  reply.header('x-idempotency-lookup', 'miss');
  try {
    const result = await work();
    await db.write(sql`update idempotency_keys set status = 1, body = ${JSON.stringify(result ?? null)}::jsonb
      where scope = ${scope} and key = ${key}`);
    return result;
  } catch (error) {
    await db.write(
      sql`delete from idempotency_keys where scope = ${scope} and key = ${key} and status = ${inProgress}`,
    );
    throw error;
  }
}

async function replay(
  db: Database,
  scope: string,
  key: string,
  hash: Buffer,
  reply: FastifyReply,
): Promise<unknown> {
  const row = await db.one<{ request_hash: Buffer; status: number; body: unknown }>(
    sql`select request_hash, status, body from idempotency_keys where scope = ${scope} and key = ${key}`,
  );
  if (!row.request_hash.equals(hash)) {
    throw new HttpError(
      422,
      'idempotency_mismatch',
      'This Idempotency-Key was used with another request body.',
    );
  }
  if (row.status === inProgress)
    throw conflict('The first request under this Idempotency-Key is still being worked on.');
  reply.header('x-idempotency-lookup', 'hit');
  return row.body;
}
