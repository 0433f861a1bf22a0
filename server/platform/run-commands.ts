import type { Clock } from './clock.ts';
import type { Asked, CommandContext, NowReaction, RunnerParts } from './command.ts';
import {
  commit,
  type Database,
  empty,
  type Joint,
  type Queryable,
  queriesOn,
  rollBack,
  sql,
} from './db/database.ts';
import { sendGathered } from './db/gather-statements.ts';
import { echoCode, isServersAnswer } from './db/prepared-query.ts';
import { type Actor, type EventType, type RecordedEvent, system } from './events/event-map.ts';
import { eventInsertion, type PendingEvent, recorded, takeEventIds } from './events/insert-events.ts';
import { failpoint } from './failpoint.ts';
import { finishJob } from './jobs/claim-jobs.ts';
import { insertJobs, type NewJob } from './jobs/insert-jobs.ts';

/** Rules that wake rules stop here, so that two of them cannot play ping-pong for ever. */
export const reactionDepth = 10;

/** One command of a transaction: what it uses, and what of it is not written yet. */
interface Running {
  asked: Asked;
  home: Database;
  tx: Queryable;
  now: Date;
  commandId: number;
  /** Taken for the events that most commands record, so that none of them waits for its id. */
  eventIds: number[];
  events: PendingEvent[];
  told: RecordedEvent[];
  jobs: NewJob[];
  /** Writes of all commands whose answer is looked at with the commit. */
  sent: Promise<unknown>[];
}

/**
 * Runs commands as one transaction and answers what each reads at its end. All hold or none: it throws why. `impatient`:
 * none waits for another's lock.
 */
export async function runTogether(
  parts: RunnerParts,
  asked: Asked[],
  { impatient = false } = {},
): Promise<unknown[]> {
  const client = await parts.db.connectSteady();
  let broken: Error | undefined;
  let committing = false;
  const sent: Promise<unknown>[] = [];
  const tx = queriesOn(client);
  try {
    const txs = asked.map(() => queriesOn(client));
    const begins = begin(tx, parts.clock, asked.length, impatient);
    const firsts = asked.map(({ work }, n) => lead(parts, txs[n] as Queryable, work));
    const [begun, ...led] = await Promise.all([begins, ...firsts]);
    const running = asked.map((one, n) => ({
      ...start(one, txs[n] as Queryable, begun, n),
      home: parts.db,
      sent,
    }));
    const made = await Promise.all(running.map((one, n) => perform(one, led[n])));
    // The server is at work on it while the reactions are.
    sendGathered(client);
    await Promise.all(running.map((one) => settle(parts, one)));
    failpoint('command.before-events');
    const told = running.flatMap((one) => one.told);
    if (told.length > 0) sent.push(unheard(tx.write(eventInsertion(begun.now, told))));
    failpoint('command.before-jobs');
    const jobs = running.flatMap((one) => one.jobs);
    sent.push(unheard(insertJobs(tx, begun.now, jobs)));
    for (const { options } of asked) if (options.job) sent.push(unheard(finishJob(tx, options.job)));
    const answers = running.map((one, n) => unheard(one.asked.work.read(one.tx, made[n])));
    failpoint('command.before-commit');
    // What was read is answered, and made into an answer, while the disk is waited for.
    sendGathered(client);
    committing = true;
    sent.push(...answers, unheard(commit(client)));
    const failure = await findFailure(sent);
    if (failure !== undefined) throw failure;
    failpoint('command.after-commit');
    for (const { options } of asked) if (options.job) options.job.finished = true;
    parts.committed({
      types: new Set(told.map(({ type }) => type)),
      jobs: jobs.filter((job) => isDue(job, begun.now)).length,
    });
    return await Promise.all(answers);
  } catch (error) {
    broken = await rollBack(client);
    const cause = await causeOf(error, sent);
    if (committing && !isServersAnswer(cause)) inDoubt.add(cause as object);
    throw cause;
  } finally {
    client.release(broken);
  }
}

const inDoubt = new WeakSet<object>();

/** The commit was on its way and nobody knows whether it came: what was asked must not be done once more. */
export const mayHaveHappened = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && inDoubt.has(error);

/** What a command asks for with the begin, and what its reactions will read. */
function lead(parts: RunnerParts, tx: Queryable, { first, expects }: Asked['work']): Promise<unknown> {
  const led = unheard(first?.(tx) ?? Promise.resolve());
  if (expects) for (const react of reactionsTo(parts, expects.type)) react.early?.(tx, expects.ticketId);
  return led;
}

interface Begun {
  now: Date;
  commandIds: number[];
  eventIds: number[];
}

const eventsEach = 6;
const longestWait = sql`, set_config('lock_timeout', '50ms', true)`;

async function begin(tx: Queryable, clock: Clock, count: number, impatient: boolean): Promise<Begun> {
  const [, row] = await Promise.all([
    tx.write(sql`begin`),
    tx.one<Begun>(sql`
      select now() as now, array(select nextval('command_ids') from generate_series(1, ${count}::int)) as "commandIds",
        array(select nextval('events_id_seq') from generate_series(1, ${count * eventsEach}::int)) as "eventIds"
        ${impatient ? longestWait : empty}`),
  ]);
  failpoint('command.begun');
  return { ...row, now: clock.fixed() ?? row.now };
}

function start(asked: Asked, tx: Queryable, begun: Begun, n: number): Omit<Running, 'home' | 'sent'> {
  const eventIds = begun.eventIds.slice(n * eventsEach, (n + 1) * eventsEach);
  const commandId = begun.commandIds[n] as number;
  return { asked, tx, now: begun.now, commandId, eventIds, events: [], told: [], jobs: [] };
}

function perform(running: Running, led: unknown): Promise<unknown> {
  const { asked } = running;
  return asked.work.command(contextOf(running, asked.actor, asked.options.causedBy ?? null), led);
}

function contextOf(running: Running, actor: Actor, causedBy: number | null): CommandContext {
  const { home, tx, now, commandId, told, sent } = running;
  return {
    tx,
    home,
    now,
    actor,
    commandId,
    causedBy,
    record: (type, ticketId, data, at) =>
      running.events.push({ type, ticketId, actor, causedBy, at: at ?? now, data } as PendingEvent),
    told,
    enqueue: (job) => running.jobs.push({ ...job, causedBy: job.causedBy ?? causedBy }),
    send: (query) => sent.push(unheard(tx.write(query))),
    put: <Item>(joint: Joint<Item>, item: Item) => sent.push(unheard(tx.joined(joint, item))),
    as: (other) => contextOf(running, other, causedBy),
  };
}

async function settle(parts: RunnerParts, running: Running): Promise<void> {
  const { tx, told } = running;
  for (let depth = 0; running.events.length > 0; depth++) {
    const recorded = await numberEvents(running, running.events.splice(0));
    told.push(...recorded);
    const heard = recorded.flatMap((event) => {
      const reactions = reactionsTo(parts, event.type);
      if (reactions.length > 0 && depth >= reactionDepth) parts.depthReached(event);
      return depth >= reactionDepth ? [] : reactions.map((react) => ({ react, event }));
    });
    for (const { react, event } of heard) react.ahead?.(tx, event, told);
    for (const { react, event } of heard) await react(contextOf(running, system, event.id), event);
  }
}

const reactionsTo = (parts: RunnerParts, type: EventType): NowReaction[] => parts.reactions.get(type) ?? [];

async function numberEvents(running: Running, pending: PendingEvent[]): Promise<RecordedEvent[]> {
  const { eventIds, commandId, now } = running;
  const missing = pending.length - eventIds.length;
  if (missing > 0) eventIds.push(...(await takeEventIds(running.tx, missing + 16)));
  const ids = eventIds.splice(0, pending.length);
  return pending.map((event, n) => recorded(commandId, now, event, ids[n] as number));
}

/** A failure that is looked at with the commit, or when another one ends the commands before. */
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
