import type { Clock } from './clock.ts';
import type { Database, Joint, Queryable, Sql } from './db/database.ts';
import type { Actor, EventMap, EventType, RecordedEvent } from './events/event-map.ts';
import type { NewJob } from './jobs/insert-jobs.ts';
import type { ClaimedJob } from './jobs/job.ts';
import { runTogether } from './run-commands.ts';
import { shareTransactions } from './share-transactions.ts';

/** What a command may use. Everything it does through this holds or fails as one. */
export interface CommandContext {
  tx: Queryable;
  /** What a process remembers of this desk it keeps by this. A command asks nothing of it. */
  home: Database;
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
  /** The same for a write that those who share the transaction make together. */
  put<Item>(joint: Joint<Item>, item: Item): void;
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
  /**
   * The same before the command, which is expected to record such an event of this ticket, or of one that it opens:
   * together with what the command itself asks first.
   */
  early?(tx: Queryable, ticketId: number | null): void;
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
  /** What the command will most likely record, of the ticket that `first` locks; null for one that it opens. */
  expects?: { type: EventType; ticketId: number | null };
  /**
   * Names all that the command locks. Those of other names that come at the same time may share its transaction, so it
   * must not be one that takes long, nor rely on being the only one to write there.
   */
  shares?: string;
  command(cx: CommandContext, first: L): Promise<R>;
  /** Answers what is there after the command and all its reactions; travels with the commit. */
  read(tx: Queryable, made: R): Promise<S>;
}

export interface RunnerParts {
  db: Database;
  clock: Clock;
  reactions: ReadonlyMap<string, NowReaction[]>;
  /** `jobs`: how many can be worked at once. */
  committed(what: { types: ReadonlySet<string>; jobs: number }): void;
  depthReached(event: RecordedEvent): void;
}

/** A command that waits for its transaction. What it makes and answers is its own affair. */
export interface Asked {
  actor: Actor;
  work: CommandAndRead<unknown, unknown, unknown>;
  options: CommandOptions;
}

export function createRunner(parts: RunnerParts): CommandRunner {
  const alone = (asked: Asked) => retrying(async () => (await runTogether(parts, [asked]))[0]);
  const shared = shareTransactions((batch) => runTogether(parts, batch, { impatient: true }), alone);
  return {
    run: async <R>(actor: Actor, command: (cx: CommandContext) => Promise<R>, options: CommandOptions = {}) =>
      (await alone({ actor, work: { command, read: async (_tx, made) => made }, options })) as R,
    runAndRead: async <R, S, L>(actor: Actor, work: CommandAndRead<R, S, L>) => {
      const asked = { actor, work: work as unknown as Asked['work'], options: {} };
      return (await (work.shares ? shared(asked, work.shares) : alone(asked))) as S;
    },
  };
}

const retryable = new Set(['40001', '40P01']);

async function retrying<R>(attemptOnce: () => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce();
    } catch (error) {
      if (attempt >= 4 || !retryable.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
