import type pg from 'pg';
import { type Clock, databaseClock } from './clock.ts';
import { type CommandRunner, createRunner, type NowReaction } from './command.ts';
import type { Config } from './config.ts';
import { type Connection, type Database, openDatabase, sql } from './db/database.ts';
import { type Consumer, consumeOnce, startFollower } from './events/follow-events.ts';
import { sequenceOnce, startSequencer } from './events/sequence-events.ts';
import { type FileStore, openFileStore } from './files/file-store.ts';
import { sweepFiles } from './files/sweep-files.ts';
import { dropOldKeys } from './http/idempotency.ts';
import type { JobRunner } from './jobs/job.ts';
import { drainJobs, startJobWorker } from './jobs/work-jobs.ts';
import type { Log } from './log.ts';
import type { DeskModule } from './module.ts';
import { openSignals, type Signals } from './realtime.ts';

/** One process of Firstline: what every command, query, route and job is given. */
export interface Desk extends CommandRunner {
  config: Config;
  log: Log;
  clock: Clock;
  db: Database;
  connection: Connection;
  files: FileStore;
  signals: Signals;
  modules: DeskModule[];
  /** Starts sequencer, consumers and job workers; answers how to stop them. */
  startWork(): () => Promise<void>;
  /** Sequences, consumes and works until nothing is due: for tests and sample data. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface DeskParts {
  config: Config;
  log: Log;
  connection: Connection;
  modules: DeskModule[];
  clock?: Clock;
}

export async function openDesk(parts: DeskParts): Promise<Desk> {
  const { config, log, connection, modules } = parts;
  const clock = parts.clock ?? databaseClock;
  const db = openDatabase(connection, (error) => log.warn({ error }, 'a database connection broke'));
  const files = await openFileStore(`${config.folder}/files`);
  const signals = await openSignals(db, connection, log);
  const typeSignals = new Map(modules.flatMap((module) => Object.entries(module.signals ?? {})));
  const runner = createRunner({
    db,
    clock,
    reactions: reactionTable(modules),
    committed: ({ types, jobs }) => {
      if (types.size > 0) signals.tell('events');
      if (jobs > 0) signals.tell('jobs');
      const more = new Set([...types].map((type) => typeSignals.get(type)));
      for (const signal of more) if (signal) signals.tell(signal);
    },
    depthReached: (event) =>
      log.warn({ event: event.id, ticket: event.ticketId }, 'reactions stopped: too deep'),
  });
  const consumers = modules.flatMap((module) => module.consumers ?? []);
  const runners = new Map<string, JobRunner>(modules.flatMap((module) => Object.entries(module.jobs ?? {})));

  const desk: Desk = {
    config,
    log,
    clock,
    db,
    connection,
    files,
    signals,
    modules,
    ...runner,
    startWork: () => startWork(desk, consumers, runners),
    settle: () => settleDesk(desk, consumers, runners),
    async close() {
      await signals.close();
      await db.close();
    },
  };
  return desk;
}

function reactionTable(modules: DeskModule[]): Map<string, NowReaction[]> {
  const table = new Map<string, NowReaction[]>();
  for (const module of modules) {
    for (const [type, react] of Object.entries(module.reactions ?? {})) {
      table.set(type, [...(table.get(type) ?? []), react as NowReaction]);
    }
  }
  return table;
}

const jobWidth = 4;

function startWork(desk: Desk, consumers: Consumer[], runners: Map<string, JobRunner>): () => Promise<void> {
  const sequencer = startSequencer(desk.db, desk.log, () => desk.signals.tell('positions'));
  const followers = consumers.map((consumer) =>
    startFollower(desk.db, desk.log, consumer, () => desk.signals.tell('followed')),
  );
  const worker = startJobWorker(desk, runners, jobWidth);
  void sweepLeftovers(desk);
  const forgetting = setInterval(() => void forgetOldKeys(desk), 3_600_000);
  void forgetOldKeys(desk);
  const unlisten = [
    desk.signals.on('events', sequencer.wake),
    desk.signals.on('positions', () => {
      for (const follower of followers) follower.wake();
    }),
    desk.signals.on('jobs', worker.wake),
  ];
  return async () => {
    clearInterval(forgetting);
    for (const off of unlisten) off();
    await worker.stop();
    await Promise.all(followers.map((follower) => follower.stop()));
    await sequencer.stop();
  };
}

/** By itself, what is older than this process was left by one that is gone; others may be at work for an hour. */
async function sweepLeftovers({ config, db, log }: Desk): Promise<void> {
  const before = new Date(Date.now() - (config.databaseUrl ? 3_600_000 : process.uptime() * 1000));
  try {
    const gone = await sweepFiles(db, `${config.folder}/files`, before);
    if (gone > 0) log.info({ gone }, 'files that no row speaks of were removed');
  } catch (error) {
    log.warn({ error }, 'leftover files were not looked for');
  }
}

async function forgetOldKeys({ db, log }: Desk): Promise<void> {
  await dropOldKeys(db).catch((error) => log.warn({ error }, 'old idempotency keys were kept'));
}

async function settleDesk(desk: Desk, consumers: Consumer[], runners: Map<string, JobRunner>): Promise<void> {
  for (;;) {
    const jobs = await drainJobs(desk, runners);
    const events = await sequenceAndConsume(desk, consumers);
    if (jobs === 0 && events === 0) return;
  }
}

async function sequenceAndConsume(desk: Desk, consumers: Consumer[]): Promise<number> {
  const client = await desk.db.connect();
  let count = 0;
  try {
    count = await sequenceAll(desk, client);
  } finally {
    client.release();
  }
  for (const consumer of consumers) {
    for (
      let seen = await consumeOnce(desk.db, consumer);
      seen > 0;
      seen = await consumeOnce(desk.db, consumer)
    ) {
      count += seen;
    }
  }
  if (count > 0) for (const signal of ['positions', 'followed'] as const) desk.signals.tell(signal);
  return count;
}

/**
 * Whatever is committed gets its place, however long that takes: a transaction of another database of the same server,
 * ended a moment ago, can still hide what is ours.
 */
async function sequenceAll(desk: Desk, client: pg.PoolClient): Promise<number> {
  let count = 0;
  for (let patience = 1000; patience > 0; patience--) {
    const placed = await sequenceOnce(client);
    count += placed;
    if (placed > 0) continue;
    const left = await desk.db.maybe(sql`select from events where position is null limit 1`);
    if (!left) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return count;
}
