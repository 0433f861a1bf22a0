import type { FastifyInstance } from 'fastify';
import { sql } from '../db/database.ts';
import { isMigrated } from '../db/migrate.ts';
import type { Desk } from '../desk.ts';
import { findStall } from '../events/find-stall.ts';
import { freeBytes } from '../free-bytes.ts';

export function addHealthRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await findHindrance(desk);
    if (reason) return reply.status(503).send({ status: 'not ready', reason });
    // It serves; but figures, search and streams stand still.
    const stalled = await findStall(desk.db).catch(() => null);
    return reply.send({ status: 'ready', ...(stalled ? { attention: ['event_log_held_up'] } : {}) });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await figures(desk)),
  );
}

/** The database needs room for its next log file; with less it may stop at any write. */
const leastFreeBytes = 32 * 1024 * 1024;

async function findHindrance(desk: Desk): Promise<string | null> {
  if (!(await isMigrated(desk.db).catch(() => false))) return 'database';
  const free = await freeBytes(desk.config.folder);
  return free !== null && free < leastFreeBytes ? 'disk_full' : null;
}

/** Prometheus figures about the process and its queues; no ids, no texts. */
async function figures(desk: Desk): Promise<string> {
  const row = await desk.db.one<Record<string, number>>(sql`
    select (select position from event_cursor) as position,
      (select count(*) from events where position is null) as unsequenced,
      coalesce((select extract(epoch from now() - min(recorded_at)) from events where position is null), 0)::int
        as unsequenced_seconds,
      (select count(*) from jobs where state = 'ready' and run_at <= now()) as jobs_due,
      (select count(*) from jobs where state = 'dead') as jobs_dead,
      (select count(*) from set_aside_tickets) as set_aside,
      coalesce((select (select position from event_cursor) - min(position) from consumers), 0) as consumer_lag`);
  const lines = [
    ['firstline_event_position', row.position],
    ['firstline_events_unsequenced', row.unsequenced],
    ['firstline_events_unsequenced_seconds', row.unsequenced_seconds],
    ['firstline_jobs_due', row.jobs_due],
    ['firstline_jobs_dead', row.jobs_dead],
    ['firstline_consumer_lag_events', row.consumer_lag],
    ['firstline_tickets_set_aside', row.set_aside],
    ['process_resident_memory_bytes', process.memoryUsage.rss()],
    ['process_cpu_seconds_total', (process.cpuUsage().user + process.cpuUsage().system) / 1e6],
  ];
  return `${lines.map(([name, value]) => `# TYPE ${name} gauge\n${name} ${value ?? 0}`).join('\n')}\n`;
}
