import type { Clock } from './clock.ts';
import {
  commit,
  type Database,
  type Queryable,
  queriesOn,
  rollBack,
  type Sql,
  sql,
  steadyPlans,
} from './db/database.ts';
import { echoCode } from './db/prepared-query.ts';
import { type Actor, type EventMap, type EventType, type RecordedEvent, system } from './events/event-map.ts';
import {
  eventIdsColumn,
  eventInsertion,
  type PendingEvent,
  recorded,
  takeEventIds,
} from './events/insert-events.ts';
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
  /** The events of this command that were told to its reactions. They are in the log only when it ends. */
  told: readonly RecordedEvent[];
  enqueue(job: NewJob): void;
  /** A write whose answer nobody needs: it travels with the next statement, and its failure fails the command. */
  send(query: Sql): void;
  /** The same command, acting for somebody else: a mail's reading job acts for its sender. */
  as(actor: Actor): CommandContext;
}

/** A reaction in the same transaction: database only, in floor-plan order. */
export interface NowReaction {
  (cx: CommandContext, event: RecordedEvent): Promise<void>;
  /**
   * Asks early for what the reaction will read, so that several reactions share a round trip. Writes nothing. `told` is
   * all that the command has recorded so far.
   */
  ahead?(tx: Queryable, event: RecordedEvent, told: readonly RecordedEvent[]): void;
  /** The same before the command, which is expected to record such an event of this ticket: together with its lock. */
  early?(tx: Queryable, ticketId: number): void;
}

export interface CommandOptions {
  /** The job whose effect this command is: its row goes in the same commit, and only while the lease holds. */
  job?: ClaimedJob;
  causedBy?: number | null;
}

export interface CommandRunner {
  run<R>(actor: Actor, command: (cx: CommandContext) => Promise<R>, options?: CommandOptions): Promise<R>;
  runAndRead<R, S, L>(actor: Actor, work: CommandAndRead<R, S, L>): Promise<S>;
}

/** `first` and `read` send their statements at once, without awaiting one before the next. */
export interface CommandAndRead<R, S, L> {
  /** Travels with the begin of the transaction, and needs nothing of the command: the lock of its ticket. */
  first?(tx: Queryable): Promise<L>;
  /** What the command will most likely record, of the ticket that `first` locks. */
  expects?: { type: EventType; ticketId: number };
  command(cx: CommandContext, first: L): Promise<R>;
  /** Answers what is there after the command and all its reactions; travels with the commit. */
  read(tx: Queryable, made: R): Promise<S>;
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
      retrying(() => runOnce(parts, actor, { command, read: async (_tx, made) => made }, options)),
    runAndRead: (actor, work) => retrying(() => runOnce(parts, actor, work, {})),
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

async function runOnce<R, S, L>(
  parts: RunnerParts,
  actor: Actor,
  { first, expects, command, read }: CommandAndRead<R, S, L>,
  options: CommandOptions,
): Promise<S> {
  const client = await parts.db.connect();
  let broken: Error | undefined;
  const sent: Promise<unknown>[] = [];
  try {
    const tx = queriesOn(client);
    const begins = Promise.all([begin(tx, parts.clock), first?.(tx)]);
    if (expects) for (const react of reactionsTo(parts, expects.type)) react.early?.(tx, expects.ticketId);
    const [begun, led] = await begins;
    const { now, commandId } = begun;
    const work = { events: [] as PendingEvent[], told: [] as RecordedEvent[], jobs: [] as NewJob[] };
    const send = (query: Sql) => sent.push(unheard(tx.write(query)));
    const context = (by: Actor, causedBy: number | null): CommandContext => ({
      tx,
      now,
      actor: by,
      commandId,
      causedBy,
      record: (type, ticketId, data, at) =>
        work.events.push({ type, ticketId, actor: by, causedBy, at: at ?? now, data } as PendingEvent),
      told: work.told,
      enqueue: (job) => work.jobs.push({ ...job, causedBy: job.causedBy ?? causedBy }),
      send,
      as: (other) => context(other, causedBy),
    });
    const result = await command(context(actor, options.causedBy ?? null), led as L);
    await settle(parts, { ...begun, ...work, tx, context: (causedBy) => context(system, causedBy) });
    failpoint('command.before-events');
    if (work.told.length > 0) send(eventInsertion(commandId, now, work.told));
    failpoint('command.before-jobs');
    sent.push(unheard(insertJobs(tx, now, work.jobs)));
    if (options.job) sent.push(unheard(finishJob(tx, options.job)));
    const answer = unheard(read(tx, result));
    failpoint('command.before-commit');
    sent.push(answer, unheard(commit(client)));
    const failure = await findFailure(sent);
    if (failure !== undefined) throw failure;
    failpoint('command.after-commit');
    if (options.job) options.job.finished = true;
    parts.committed({
      types: new Set(work.told.map(({ type }) => type)),
      jobs: work.jobs.filter((job) => isDue(job, now)).length,
    });
    return await answer;
  } catch (error) {
    broken = await rollBack(client);
    throw await causeOf(error, sent);
  } finally {
    client.release(broken);
  }
}

interface Begun {
  now: Date;
  commandId: number;
  /** Taken for the events that most commands record, so that none of them waits for its id. */
  eventIds: number[];
}

async function begin(tx: Queryable, clock: Clock): Promise<Begun> {
  const [, row] = await Promise.all([
    tx.write(sql`begin`),
    tx.one<Begun>(sql`
      select now() as now, nextval('command_ids') as "commandId", ${eventIdsColumn} as "eventIds", ${steadyPlans}`),
  ]);
  failpoint('command.begun');
  const { now, commandId, eventIds } = row;
  return { now: clock.fixed() ?? now, commandId, eventIds };
}

/** A failure that is looked at with the commit, or when another one ends the command before. */
function unheard<T>(sent: Promise<T>): Promise<T> {
  sent.catch(() => undefined);
  return sent;
}

const isEcho = (error: unknown): boolean => (error as { code?: string }).code === echoCode;

/** The neighbours of a statement that failed, and all that follow it, are refused as its echo: it is the cause. */
async function causeOf(error: unknown, sent: Promise<unknown>[]): Promise<unknown> {
  return isEcho(error) ? ((await findFailure(sent)) ?? error) : error;
}

async function findFailure(sent: Promise<unknown>[]): Promise<unknown> {
  const results = await Promise.allSettled(sent);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  return failures.find((failure) => !isEcho(failure)) ?? failures[0];
}

const isDue = ({ runAt }: NewJob, now: Date): boolean => runAt === undefined || runAt <= now;

interface Settling extends Begun {
  events: PendingEvent[];
  told: RecordedEvent[];
  tx: Queryable;
  context(causedBy: number | null): CommandContext;
}

async function settle(parts: RunnerParts, work: Settling): Promise<void> {
  for (let depth = 0; work.events.length > 0; depth++) {
    const recorded = await numberEvents(work, work.events.splice(0));
    work.told.push(...recorded);
    const heard = recorded.flatMap((event) => {
      const reactions = reactionsTo(parts, event.type);
      if (reactions.length > 0 && depth >= reactionDepth) parts.depthReached(event);
      return depth >= reactionDepth ? [] : reactions.map((react) => ({ react, event }));
    });
    for (const { react, event } of heard) react.ahead?.(work.tx, event, work.told);
    for (const { react, event } of heard) await react(work.context(event.id), event);
  }
}

const reactionsTo = (parts: RunnerParts, type: EventType): NowReaction[] => parts.reactions.get(type) ?? [];

async function numberEvents(work: Settling, pending: PendingEvent[]): Promise<RecordedEvent[]> {
  const missing = pending.length - work.eventIds.length;
  if (missing > 0) work.eventIds.push(...(await takeEventIds(work.tx, missing + 16)));
  const ids = work.eventIds.splice(0, pending.length);
  return pending.map((event, n) => recorded(work.commandId, work.now, event, ids[n] as number));
}
