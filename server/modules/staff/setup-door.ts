import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Desk } from '../../platform/desk.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { setupCode } from './set-up-desk.ts';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|::ffff:127\.\d+\.\d+\.\d+)$/i;

/**
 * Only somebody at this very machine needs no code. A proxy in front would make everybody look like that, so the
 * desk's own addresses and the request's must all be of this machine, and no proxy may have spoken.
 */
export function needsSetupCode({ config }: Desk, request: FastifyRequest): boolean {
  const names = [config.host, new URL(config.publicUrl).hostname, request.hostname, request.ip];
  const forwarded = Object.keys(request.headers).some((name) =>
    /^(x-forwarded-|forwarded$|via$|x-real-ip$)/.test(name),
  );
  return forwarded || !names.every((name) => loopback.test(name));
}

/** @throws 403 `wrong_code` */
export async function checkSetupCode(
  desk: Desk,
  request: FastifyRequest,
  given: string | undefined,
): Promise<void> {
  if (!needsSetupCode(desk, request)) return;
  const expected = Buffer.from(plain(await setupCode(desk.db)));
  const code = Buffer.from(plain(given ?? ''));
  if (code.length !== expected.length || !timingSafeEqual(code, expected)) {
    throw new HttpError(403, 'wrong_code', 'The set-up code is printed where the desk was started.', {
      fields: { code: 'wrong_code' },
    });
  }
}

const plain = (code: string) => code.toUpperCase().replace(/[\s-]/g, '');
