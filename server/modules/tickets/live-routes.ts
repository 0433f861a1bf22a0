import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../../platform/desk.ts';
import { HttpError } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { liveLog } from './live-log.ts';
import { streamEvents } from './live-stream.ts';
import { presentEvent, visibleEvents } from './live-visible.ts';

const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const page = 1000;

export const liveRoutes = [
  route({
    method: 'GET',
    path: '/api/desk/v1/events',
    policy: 'event.read',
    summary: 'The event log as NDJSON, in order, after a position',
    query: z.strictObject({ after: position.default(0), limit: z.coerce.number().int().min(1).optional() }),
    raw: ['application/x-ndjson'],
    handle: async ({ desk, principal, query, reply }) =>
      reply
        .type('application/x-ndjson; charset=utf-8')
        .send(Readable.from(lines(desk, principal as Principal, query.after, query.limit ?? Infinity))),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/stream',
    policy: 'stream.read',
    summary: 'The event log live, as server-sent events; resumes from Last-Event-ID',
    query: z.strictObject({ after: position.optional() }),
    raw: ['text/event-stream'],
    handle: async ({ desk, principal, query, http, reply }) => {
      const head = await liveLog(desk).head();
      const asked = lastEventId(http.headers['last-event-id']) ?? query.after ?? head;
      streamEvents({
        desk,
        request: http,
        reply,
        // A position that this log has not reached was another log's: one that was restored since.
        after: Math.min(asked, head),
        reset: asked > head,
        staff: principal?.kind === 'staff',
        identify: () => identify(desk, http),
      });
    },
  }),
];

/** @throws 400 rather than begin anywhere: a reader who resumes must not miss anything unheard. */
function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const read = position.safeParse(header);
  if (read.success) return read.data;
  const fields = { 'Last-Event-ID': 'is no position of the log' };
  throw new HttpError(400, 'bad_request', 'The stream cannot go on after what is no position.', { fields });
}

/** Null when the credential no longer holds, a token or a session alike. */
async function identify(desk: Desk, http: FastifyRequest): Promise<Principal | null> {
  const authenticate = desk.modules.find((module) => module.authenticate)?.authenticate;
  try {
    return (await authenticate?.(desk, http)) ?? null;
  } catch (error) {
    if (error instanceof HttpError && error.status === 401) return null;
    throw error;
  }
}

async function* lines(
  desk: Desk,
  principal: Principal,
  after: number,
  limit: number,
): AsyncGenerator<string> {
  const log = liveLog(desk);
  let at = after;
  let left = limit;
  while (left > 0) {
    const events = await log.after(at, Math.min(page, left));
    const last = events.at(-1)?.position;
    if (last == null) return;
    left -= events.length;
    at = last;
    for (const event of await visibleEvents(desk.db, principal, events)) {
      yield `${JSON.stringify(presentEvent(event))}\n`;
    }
  }
}
