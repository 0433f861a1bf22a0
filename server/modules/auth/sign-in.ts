import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { system } from '../../platform/events/event-map.ts';
import { HttpError, tooMany } from '../../platform/http/errors.ts';
import { endSession } from './end-sessions.ts';
import { verifyPassword } from './passwords.ts';
import { readSessionCookie, setSessionCookie } from './session-cookie.ts';
import { throttleOf } from './sign-in-throttle.ts';
import { type StartedSession, startSession } from './start-session.ts';
import { isKnownBrowser, rememberBrowser } from './trusted-browser.ts';

interface Door {
  desk: Desk;
  http: FastifyRequest;
  reply: FastifyReply;
}

/** The same answer, after the same work, whether the account is missing, disabled, or the password wrong. */
export async function signIn(door: Door, email: string, password: string): Promise<StartedSession> {
  const { desk, http } = door;
  const account = email.trim().toLowerCase();
  const found = await desk.db.maybe<{ id: number; password_hash: string | null; active: boolean }>(
    sql`select id, password_hash, active from staff where lower(email) = lower(${account})`,
  );
  const staffId = found?.id ?? null;
  const tried = { account, address: http.ip, trusted: await isKnownBrowser(desk, http, staffId) };
  const attempt = throttleOf(desk).attempt(tried);
  if (attempt.waitSeconds !== null) throw tooMany(attempt.waitSeconds);
  const hash = found?.active ? found.password_hash : null;
  if (!(await verifyPassword(hash, password)) || staffId === null || hash === null) {
    await desk.run(system, async (cx) => cx.record('sign_in.refused', null, { staffId }));
    throw wrongCredentials();
  }
  attempt.forgive();
  return openSession(door, staffId, hash);
}

const wrongCredentials = () => new HttpError(401, 'wrong_credentials', 'Email and password do not match.');

/**
 * Starts a session in this browser and ends the one it had: the id changes with every sign-in. Only while the
 * password that was shown is still the account's.
 */
export async function openSession(
  { desk, http, reply }: Door,
  staffId: number,
  hash: string,
): Promise<StartedSession> {
  const old = readSessionCookie(desk.config, http);
  const session = await desk.run({ kind: 'agent', id: staffId }, async (cx) => {
    const still = sql`select id from staff where id = ${staffId} and active and password_hash = ${hash} for share`;
    if (!(await cx.tx.maybe(still))) throw wrongCredentials();
    if (old) await endSession(cx, old, 'replaced');
    return startSession(cx, { staffId });
  });
  setSessionCookie(desk.config, reply, session);
  await rememberBrowser(desk, reply, staffId);
  return session;
}
