import type { FastifyRequest } from 'fastify';
import type { Desk } from '../../platform/desk.ts';
import { unauthorized } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { findSessionPrincipal, findTokenPrincipal } from './credentials.ts';
import { recentPrincipals } from './recent-principals.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Who asks: an Authorization header first, then the cookie. Rights are read anew twice a second, and at
 * once after a change. A header
 * that does not hold is refused at once rather than taken for nobody; tokens in addresses are not looked at.
 */
export async function authenticate(desk: Desk, request: FastifyRequest): Promise<Principal | null> {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const principal = await recentPrincipals(desk).find(`header ${header}`, () => findBearer(desk, header));
    if (!principal) throw unauthorized();
    return principal;
  }
  const cookie = readSessionCookie(desk.config, request);
  if (!cookie) return null;
  return recentPrincipals(desk).find(`session ${cookie}`, () => findSessionPrincipal(desk, cookie));
}

async function findBearer(desk: Desk, header: string): Promise<Principal | null> {
  const given = readAuthorization(header);
  return given && findTokenPrincipal(desk, given.token, given.email);
}

function readAuthorization(header: string): { token: string; email: string | null } | null {
  const [scheme = '', value = '', ...rest] = header.trim().split(/ +/);
  if (value === '' || rest.length > 0) return null;
  if (scheme.toLowerCase() === 'bearer') return { token: value, email: null };
  return scheme.toLowerCase() === 'basic' ? readBasic(value) : null;
}

/** `email/token:TOKEN`; a password is not taken here. */
function readBasic(value: string): { token: string; email: string } | null {
  const [, email, token] = /^(.+)\/token:(.+)$/su.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return email && token ? { token, email } : null;
}
