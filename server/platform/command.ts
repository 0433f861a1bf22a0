import type pg from 'pg';
import type { Clock } from './clock.ts';
import { type Database, named, type Queryable, queryable } from './db/database.ts';
import { type Actor, type EventMap, type EventType, type RecordedEvent, system } from './events/event-map.ts';
import { insertEvents, type PendingEvent } from './events/insert-events.ts';
import { failpoint } from './failpoint.ts';
import { finishJob } from './jobs/claim-jobs.ts';
import { insertJobs, type NewJob } from './jobs/insert-jobs.ts';
import type { ClaimedJob } from './jobs/job.ts';

/** What a command may use. Everything it does through this is one transaction. */
export interface CommandContext {
  tx: Queryable;
  /** Read once, from the database; every row and event of the command dates from it. */
  now: Date;
  actor: Actor;
  commandId: number;
  /** The event that made this happen, when a reaction runs. */
  causedBy: number | null;
  record<T extends EventType>(type: T, ticketId: number | null, data: EventMap[T], at?: Date): void;
  enqueue(job: NewJob): void;
  /** The same command, acting for somebody else: a mail's reading job acts for its sender. */
  as(actor: Actor): CommandContext;
}

/** A reaction in the same transaction: database only, in floor-plan order. */
export type NowReaction = (cx: CommandContext, event: RecordedEvent) => Promise<void>;

export interface CommandOptions {
  /** The job whose effect this command is: its row goes in the same commit, and only while the lease holds. */
  job?: ClaimedJob;
  causedBy?: number | null;
}

export interface CommandRunner {
  run<R>(actor: Actor, command: (cx: CommandContext) => Promise<R>, options?: CommandOptions): Promise<R>;
  /**
   * Answers what `read` finds after the command and all its reactions. Its statements travel with the commit, so
   * showing what was made costs no round trip; send them at once, without awaiting one before the next.
   */
  runAndRead<R, S>(
    actor: Actor,
    command: (cx: CommandContext) => Promise<R>,
    read: (tx: Queryable, made: R) => Promise<S>,
  ): Promise<S>;
}

/** Rules that wake rules stop here, so that two of them cannot play ping-pong for ever. */
export const reactionDepth = 10;

const retryable = new Set(['40001', '40P01']);

export interface RunnerParts {
  db: Database;
  clock: Clock;
  reactions: ReadonlyMap<string, NowReaction[]>;
  /** `jobs`: how many can be worked at once. */
  committed(what: { types: ReadonlySet<string>; jobs: number }): void;
  depthReached(event: RecordedEvent): void;
}

export function createRunner(parts: RunnerParts): CommandRunner {
  return {
    run: (actor, command, options = {}) =>
      retrying(() => runOnce(parts, actor, { command, read: async (_tx, made) => made, options })),
    runAndRead: (actor, command, read) =>
      retrying(() => runOnce(parts, actor, { command, read, options: {} })),
  };
}

async function retrying<R>(attemptOnce: () => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce();
    } catch (error) {
      if (attempt >= 4 || !retryable.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

interface Work<R, S> {
  command: (cx: CommandContext) => Promise<R>;
  read: (tx: Queryable, made: R) => Promise<S>;
  options: CommandOptions;
}

async function runOnce<R, S>(
  parts: RunnerParts,
  actor: Actor,
  { command, read, options }: Work<R, S>,
): Promise<S> {
  const client = await parts.db.connect();
  let broken: Error | undefined;
  try {
    const { now, commandId } = await begin(client, parts.clock);
    const tx = queryable((query) => client.query(named(query)));
    const work = { events: [] as PendingEvent[], jobs: [] as NewJob[], types: new Set<string>() };
    const context = (by: Actor, causedBy: number | null): CommandContext => ({
      tx,
      now,
      actor: by,
      commandId,
      causedBy,
      record: (type, ticketId, data, at) =>
        work.events.push({ type, ticketId, actor: by, causedBy, at: at ?? now, data } as PendingEvent),
      enqueue: (job) => work.jobs.push({ ...job, causedBy: job.causedBy ?? causedBy }),
      as: (other) => context(other, causedBy),
    });
    const result = await command(context(actor, options.causedBy ?? null));
    await settle(parts, work, (causedBy) => context(system, causedBy), tx, commandId, now);
    failpoint('command.before-jobs');
    const inserted = insertJobs(tx, now, work.jobs);
    // The fence is awaited: whoever lost the lease must not send a commit.
    if (options.job) await together([inserted, finishJob(tx, options.job)]);
    const answer = read(tx, result);
    failpoint('command.before-commit');
    await together([inserted, answer, commit(client)]);
    failpoint('command.after-commit');
    if (options.job) options.job.finished = true;
    parts.committed({ types: work.types, jobs: work.jobs.filter((job) => isDue(job, now)).length });
    return await answer;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function begin(client: pg.PoolClient, clock: Clock): Promise<{ now: Date; commandId: number }> {
  // One round trip for both; the simple protocol answers one result a statement.
  const results = (await client.query(
    "begin; select now() as now, nextval('command_ids') as command_id",
  )) as unknown as pg.QueryResult<{ now: Date; command_id: number }>[];
  const row = results[1]?.rows[0];
  if (!row) throw new Error('the database gave no time');
  failpoint('command.begun');
  return { now: clock.fixed() ?? row.now, commandId: row.command_id };
}

/** Waits for all of what was sent in one go, and throws the first failure: what came after it is its echo. */
async function together(sent: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(sent)) if (result.status === 'rejected') throw result.reason;
}

/** A transaction in which a statement failed answers a commit by rolling back. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
}

const isDue = ({ runAt }: NewJob, now: Date): boolean => runAt === undefined || runAt <= now;

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function settle(
  parts: RunnerParts,
  work: { events: PendingEvent[]; types: Set<string> },
  context: (causedBy: number | null) => CommandContext,
  tx: Queryable,
  commandId: number,
  now: Date,
): Promise<void> {
  for (let depth = 0; work.events.length > 0; depth++) {
    failpoint('command.before-events');
    const recorded = await insertEvents(tx, commandId, now, work.events.splice(0));
    for (const event of recorded) {
      work.types.add(event.type);
      const reactions = parts.reactions.get(event.type);
      if (!reactions) continue;
      if (depth >= reactionDepth) {
        parts.depthReached(event);
        continue;
      }
      for (const react of reactions) await react(context(event.id), event);
    }
  }
}
