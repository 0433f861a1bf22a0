import { z } from 'zod';
import { sql } from './db/database.ts';
import { listAside, retryAside } from './events/set-aside.ts';
import { notFound } from './http/errors.ts';
import type { Principal } from './http/principal.ts';
import { route } from './http/route.ts';
import type { DeskModule } from './module.ts';

/** As the auth module says it: an API token also needs the scope `admin`. */
const isAdmin = (principal: Principal | null) =>
  principal?.kind === 'staff' && principal.role === 'admin' && principal.scopes.includes('admin');
const params = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

const deadLetter = z.object({
  id: z.int(),
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const asideTicket = z.object({
  id: z.int(),
  consumer: z.string(),
  ticketId: z.int(),
  error: z.string(),
  since: z.iso.datetime(),
  triedAt: z.iso.datetime(),
  tries: z.int(),
  /** It is tried again at once. */
  due: z.boolean(),
});

const page = z.strictObject({
  cursor: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** What an administrator sees of the spine: what gave up or was set aside, and how far each consumer has come. */
export const operationsModule: DeskModule = {
  name: 'operations',
  policies: { 'job.manage': isAdmin },
  routes: [
    route({
      method: 'GET',
      path: '/api/desk/v1/jobs/dead',
      policy: 'job.manage',
      summary: 'Dead letters: jobs that gave up, with their reason',
      query: page,
      response: z.object({ items: z.array(deadLetter), nextCursor: z.string().nullable() }),
      handle: async ({ desk, query }) => {
        const rows = await desk.db.all<{
          id: number;
          kind: string;
          payload: Record<string, unknown>;
          attempts: number;
          last_error: string | null;
          created_at: Date;
        }>(sql`
          select id, kind, payload, attempts, last_error, created_at from jobs
          where state = 'dead' and id > ${query.cursor ?? 0} order by id limit ${query.limit + 1}`);
        const items = rows.slice(0, query.limit).map((row) => ({
          id: row.id,
          kind: row.kind,
          payload: row.payload,
          attempts: row.attempts,
          error: row.last_error,
          createdAt: row.created_at.toISOString(),
        }));
        return { items, nextCursor: rows.length > query.limit ? String(items.at(-1)?.id) : null };
      },
    }),
    route({
      method: 'POST',
      path: '/api/desk/v1/jobs/:id/retry',
      policy: 'job.manage',
      summary: 'Try a dead letter again',
      params,
      status: 200,
      response: z.object({ retried: z.boolean() }),
      handle: async ({ desk, params: { id } }) => {
        const touched = await desk.db.write(sql`
          update jobs set state = 'ready', attempts = 0, run_at = now(), lease_until = null where id = ${id} and state = 'dead'`);
        if (touched === 0) throw notFound('That dead letter');
        desk.signals.tell('jobs');
        return { retried: true };
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/desk/v1/jobs/:id',
      policy: 'job.manage',
      summary: 'Drop a dead letter',
      params,
      status: 204,
      handle: async ({ desk, params: { id } }) => {
        const touched = await desk.db.write(sql`delete from jobs where id = ${id} and state = 'dead'`);
        if (touched === 0) throw notFound('That dead letter');
      },
    }),
    route({
      method: 'GET',
      path: '/api/desk/v1/consumers',
      policy: 'job.manage',
      summary: 'How far each consumer of the event log has come, and how many tickets it had to set aside',
      response: z.object({
        head: z.int(),
        items: z.array(
          z.object({ name: z.string(), position: z.int(), error: z.string().nullable(), setAside: z.int() }),
        ),
      }),
      handle: async ({ desk }) => {
        const head = await desk.db.one<{ position: number }>(sql`select position from event_cursor`);
        const rows = await desk.db.all<{
          name: string;
          position: number;
          last_error: string | null;
          set_aside: number;
        }>(sql`
          select name, position, last_error,
            (select count(*) from set_aside_tickets where consumer = name) as set_aside
          from consumers order by name`);
        return {
          head: head.position,
          items: rows.map((row) => ({
            name: row.name,
            position: row.position,
            error: row.last_error,
            setAside: row.set_aside,
          })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/api/desk/v1/set-aside',
      policy: 'job.manage',
      summary:
        'Tickets that a consumer could not do its work for, with the reason; it goes on with all others',
      query: page,
      response: z.object({ items: z.array(asideTicket), nextCursor: z.string().nullable() }),
      handle: async ({ desk, query }) => {
        const rows = await listAside(desk.db, query.cursor ?? 0, query.limit + 1);
        const items = rows.slice(0, query.limit).map((row) => ({
          id: row.id,
          consumer: row.consumer,
          ticketId: row.ticket_id,
          error: row.error,
          since: row.since.toISOString(),
          triedAt: row.tried_at.toISOString(),
          tries: row.tries,
          due: row.due,
        }));
        return { items, nextCursor: rows.length > query.limit ? String(items.at(-1)?.id) : null };
      },
    }),
    route({
      method: 'POST',
      path: '/api/desk/v1/set-aside/:id/retry',
      policy: 'job.manage',
      summary: 'Try a ticket that was set aside again',
      params,
      status: 200,
      response: z.object({ retried: z.boolean() }),
      handle: async ({ desk, params: { id } }) => {
        if (!(await retryAside(desk.db, { id }))) throw notFound('That ticket set aside');
        desk.signals.tell('positions');
        return { retried: true };
      },
    }),
  ],
};
