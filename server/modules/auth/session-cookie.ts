import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config.ts';
import { absoluteSeconds, type StartedSession } from './start-session.ts';

const isSecure = (config: Config) => config.publicUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host over TLS; plain http is for a desk on one's own machine. */
const cookieName = (config: Config) => (isSecure(config) ? '__Host-firstline' : 'firstline');

const attributes = (config: Config) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(config) }) as const;

export function readSessionCookie(config: Config, request: FastifyRequest): string | null {
  return request.cookies[cookieName(config)] || null;
}

export function setSessionCookie(config: Config, reply: FastifyReply, { token }: StartedSession): void {
  reply.setCookie(cookieName(config), token, { ...attributes(config), maxAge: absoluteSeconds });
}

export function clearSessionCookie(config: Config, reply: FastifyReply): void {
  reply.clearCookie(cookieName(config), attributes(config));
}
