import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '../../platform/desk.ts';
import { deskKey } from './tokens.ts';

const lifeSeconds = 365 * 86_400;
const nameOf = (desk: Desk) =>
  desk.config.publicUrl.startsWith('https:') ? '__Host-firstline-known' : 'firstline-known';

/** A browser that signed in once is known again: it opens nothing, but a storm of guesses does not shut it out. */
export async function rememberBrowser(desk: Desk, reply: FastifyReply, staffId: number): Promise<void> {
  reply.setCookie(nameOf(desk), `${staffId}.${await markOf(desk, staffId)}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: desk.config.publicUrl.startsWith('https:'),
    maxAge: lifeSeconds,
  });
}

export async function isKnownBrowser(
  desk: Desk,
  request: FastifyRequest,
  staffId: number | null,
): Promise<boolean> {
  const [id, mark] = request.cookies[nameOf(desk)]?.split('.') ?? [];
  if (staffId === null || id !== String(staffId) || !mark) return false;
  const expected = Buffer.from(await markOf(desk, staffId));
  const given = Buffer.from(mark);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function markOf(desk: Desk, staffId: number): Promise<string> {
  return createHmac('sha256', await deskKey(desk.db, 'known_browser'))
    .update(String(staffId))
    .digest('base64url');
}
