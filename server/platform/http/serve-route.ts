import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../desk.ts';
import { badRequest, forbidden, HttpError, invalid, tooMany, unauthorized } from './errors.ts';
import { fieldErrors } from './field-errors.ts';
import { once } from './idempotency.ts';
import { networkOf } from './networks.ts';
import type { Principal } from './principal.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Policy } from './route.ts';
import type { AnyRoute } from './server.ts';

interface Serving {
  route: AnyRoute;
  policy: Policy;
  authenticate: (desk: Desk, request: FastifyRequest) => Promise<Principal | null>;
  limiter: RateLimiter;
}

/** One route's way in, as a checklist: who, how often, forged, allowed, well-formed; then the work. */
export function serveRoute(app: FastifyInstance, desk: Desk, serving: Serving): void {
  const { route } = serving;
  const urls =
    route.path.startsWith('/api/v2') && !route.path.includes('.json')
      ? [route.path, `${route.path}.json`]
      : [route.path];
  for (const url of urls) {
    app.route({
      method: route.method,
      url,
      ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      config: { takesBytes: route.takesBytes !== undefined },
      handler: (request, reply) => answer(desk, serving, request, reply),
    });
  }
}

async function answer(
  desk: Desk,
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { route, policy, authenticate, limiter } = serving;
  const principal = await authenticate(desk, request).catch((error) =>
    refuseStranger(limiter, request, error),
  );
  limitRate(limiter, route, principal, request, reply);
  refuseForgery(desk, route, principal, request);
  if (!policy(principal)) refuseRole(policy, principal);
  refuseScope(route, principal);
  const input = {
    params: parse(route.params, request.params, 400),
    query: parse(route.query ?? nothing, request.query, 400),
    body: readBody(route, request),
  };
  const work = (under: Desk) =>
    route.handle({ desk: under, principal, ...input, http: request, reply } as Parameters<
      typeof route.handle
    >[0]);
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && route.unrepeatable)
    throw badRequest('This request cannot be repeated under an Idempotency-Key.');
  if (route.raw) return work(desk);
  const status = route.status ?? (route.method === 'POST' ? 201 : 200);
  const result =
    typeof key === 'string' && route.method !== 'GET'
      ? await once({ desk, principal, key, request, reply, work })
      : await work(desk);
  if (status === 204) return reply.status(204).send();
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(result ?? null));
}

const failuresAMinute = 60;

/**
 * Credentials that do not hold are counted by address, and too many are told to wait. Those that hold are let in
 * all the same: whoever guesses behind a proxy shuts nobody else out.
 */
function refuseStranger(limiter: RateLimiter, request: FastifyRequest, error: unknown): never {
  if (!(error instanceof HttpError) || error.status !== 401) throw error;
  const { waitSeconds } = limiter.take(`failed ${networkOf(request.ip)}`, failuresAMinute);
  throw waitSeconds === null ? error : tooMany(waitSeconds);
}

function limitRate(
  limiter: RateLimiter,
  route: AnyRoute,
  principal: Principal | null,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const limit = route.limit ?? (principal ? 60_000 : 1200);
  const who = `${principal ? principal.credentialId : networkOf(request.ip)}${route.limit ? ` ${route.path}` : ''}`;
  const taken = limiter.take(who, limit);
  reply.headers({ 'x-rate-limit': String(limit), 'x-rate-limit-remaining': String(taken.remaining) });
  if (taken.waitSeconds !== null) throw tooMany(taken.waitSeconds);
}

/** A cookie is sent by the browser whoever asks; so a write with one must show that our own page asked. */
function refuseForgery(
  desk: Desk,
  route: AnyRoute,
  principal: Principal | null,
  request: FastifyRequest,
): void {
  if (route.method === 'GET' || principal?.via === 'token') return;
  const origin = request.headers.origin;
  if (
    origin !== undefined &&
    origin !== new URL(desk.config.publicUrl).origin &&
    hostOf(origin) !== request.headers.host
  ) {
    throw new HttpError(403, 'foreign_origin', 'This request came from another site.');
  }
  if (principal && request.headers['x-firstline-csrf'] !== '1') {
    throw new HttpError(403, 'csrf', 'Send the header X-Firstline-CSRF: 1 with a session cookie.');
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** An admin whose token may not act as one is told so, not that the role is too low. */
function refuseRole(policy: Policy, principal: Principal | null): never {
  if (!principal) throw unauthorized();
  const lacksScope =
    principal.via === 'token' && policy({ ...principal, scopes: [...principal.scopes, 'admin'] });
  throw lacksScope ? forbidden('This token lacks the scope "admin".') : forbidden();
}

function refuseScope(route: AnyRoute, principal: Principal | null): void {
  if (!principal || principal.via === 'session') return;
  const needed = route.method === 'GET' ? 'read' : 'write';
  if (!principal.scopes.includes(needed)) throw forbidden(`This token lacks the scope "${needed}".`);
}

/** Where a route takes none, a client may still send an empty one; what it means by more would be lost. */
const nothing = z.strictObject({});

function readBody(route: AnyRoute, { body }: FastifyRequest): unknown {
  if (route.takesBytes) return undefined;
  if (Buffer.isBuffer(body) && (route.body || body.length > 0)) {
    throw new HttpError(415, 'unsupported_media_type', 'Send JSON with content-type application/json.');
  }
  if (route.body) return parse(route.body, body === undefined ? {} : body, 422);
  return parse(nothing, Buffer.isBuffer(body) ? {} : (body ?? {}), 422);
}

function parse(shape: z.ZodType | undefined, value: unknown, status: 400 | 422): unknown {
  if (!shape) return undefined;
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = fieldErrors(parsed.error);
  if (status === 422) throw invalid(fields);
  throw new HttpError(400, 'bad_request', 'The address or its parameters cannot be read.', { fields });
}
