import { createHash, randomUUID } from 'node:crypto';
import { deserialize } from 'node:v8';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Database, type Queryable, sql } from '../db/database.ts';
import type { Desk } from '../desk.ts';
import { conflict, HttpError } from './errors.ts';
import type { Principal } from './principal.ts';
import { type Claim, deskUnder } from './repeated-commands.ts';

interface Once {
  desk: Desk;
  principal: Principal | null;
  key: string;
  request: FastifyRequest;
  reply: FastifyReply;
  work(desk: Desk): Promise<unknown>;
}

const [inProgress, answered] = [0, 1];
/** A try that has said nothing for so long was cut off; if it was only slow, its next command is refused. */
const patience = sql`interval '30 seconds'`;
const keptFor = sql`interval '24 hours'`;

/**
 * The first answer under a key is the answer of every later try for 24 hours. The same key for another request is
 * refused, as is a second one while the first is worked on. A try that failed before it changed anything frees its key;
 * one that was cut off later is taken up by the next, which does only what is left.
 */
export async function once({ desk, principal, key, request, reply, work }: Once): Promise<unknown> {
  if (key === '' || key.length > 255)
    throw new HttpError(400, 'bad_idempotency_key', 'An Idempotency-Key has 1 to 255 characters.');
  const asked = { scope: scopeOf(principal, request), key, hash: hashOf(request) };
  const claim = await takeClaim(desk.db, asked);
  if (!claim) return replay(desk.db, asked, reply);
  reply.header('x-idempotency-lookup', 'miss');
  try {
    const result = await work(deskUnder(desk, claim));
    await desk.db.write(sql`
      update idempotency_keys set status = ${answered}, claim = null, made = '{}',
        body = ${JSON.stringify(result ?? null)}::jsonb
      where scope = ${asked.scope} and key = ${key} and claim = ${claim.id}`);
    return result;
  } catch (error) {
    await giveUp(desk.db, claim).catch(() => undefined);
    throw error;
  }
}

interface Asked {
  scope: string;
  key: string;
  hash: Buffer;
}

/** A key is its owner's, whichever session or token they come with. */
const scopeOf = (principal: Principal | null, request: FastifyRequest): string =>
  principal ? `${principal.kind} ${principal.id}` : `address ${request.ip}`;

function hashOf({ method, url, body }: FastifyRequest): Buffer {
  const hash = createHash('sha256').update(`${method} ${url}\n`);
  return hash.update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null)).digest();
}

async function takeClaim(db: Database, { scope, key, hash }: Asked): Promise<Claim | null> {
  const id = randomUUID();
  const row = await db.maybe<{ made: Buffer[] }>(sql`
    insert into idempotency_keys as k (scope, key, request_hash, status, claim)
    values (${scope}, ${key}, ${hash}, ${inProgress}, ${id})
    on conflict (scope, key) do update set claim = excluded.claim, request_hash = excluded.request_hash,
      created_at = now(), status = ${inProgress}, body = null,
      made = case when k.created_at < now() - ${keptFor} then '{}' else k.made end
    where k.created_at < now() - ${keptFor}
      or (k.status = ${inProgress} and k.request_hash = excluded.request_hash
        and (k.claim is null or k.created_at < now() - ${patience}))
    returning made`);
  return row ? { id, scope, key, done: row.made.map((one) => deserialize(one)) } : null;
}

async function replay(db: Database, { scope, key, hash }: Asked, reply: FastifyReply): Promise<unknown> {
  const row = await db.maybe<{ request_hash: Buffer; status: number; body: unknown }>(
    sql`select request_hash, status, body from idempotency_keys where scope = ${scope} and key = ${key}`,
  );
  if (row && !row.request_hash.equals(hash)) {
    throw new HttpError(422, 'idempotency_mismatch', 'This Idempotency-Key was used for another request.');
  }
  if (row?.status !== answered)
    throw conflict('The first request under this Idempotency-Key is still being worked on.');
  reply.header('x-idempotency-lookup', 'hit');
  return row.body;
}

/** Nothing was changed: the key is free. Else it stays with what was, for the next try. */
async function giveUp(db: Database, { id, scope, key }: Claim): Promise<void> {
  const mine = sql`scope = ${scope} and key = ${key} and claim = ${id}`;
  await db.write(sql`delete from idempotency_keys where ${mine} and made = '{}'`);
  await db.write(sql`update idempotency_keys set claim = null where ${mine}`);
}

/** When this process is the only one there can be, the tries of a killed predecessor need not be waited for. */
export async function releaseClaims(db: Queryable): Promise<void> {
  await db.write(sql`update idempotency_keys set claim = null where claim is not null`);
}

export async function dropOldKeys(db: Queryable): Promise<void> {
  await db.write(sql`delete from idempotency_keys where created_at < now() - ${keptFor}`);
}
