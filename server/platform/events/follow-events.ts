import { type Database, type Queryable, sql } from '../db/database.ts';
import { tellError } from '../describe-error.ts';
import { failpoint } from '../failpoint.ts';
import type { Log } from '../log.ts';
import type { RecordedEvent } from './event-map.ts';
import { listEventsAfter } from './read-events.ts';
import { retryAside, settleTried, type Tried } from './set-aside.ts';

/** A later reaction that follows the log by its own cursor. Its writes and its cursor commit together. */
export interface Consumer {
  name: string;
  batch?: number;
  /** After a batch it rests so long: what follows at once costs people's requests less when it comes together. */
  restMilliseconds?: number;
  /** The name under which live streams tell how far it has come. */
  announcedAs?: string;
  /**
   * Where its work is done ticket by ticket, one for which it fails costs itself alone: it is named in the answer, set
   * aside, and tried `again` later. Any other failure is thrown, stops the consumer, and sets nothing aside.
   */
  consume(tx: Queryable, events: RecordedEvent[], again: readonly number[]): Promise<Tried | undefined>;
}

// What a power cut takes away it takes with its cursor, and it is done again: no commit here waits for the disk.
const begin = [sql`begin`, sql`set local synchronous_commit = off`];

/**
 * Consumes one batch; answers how many events it held, and tickets it tried again. Two processes take turns on the
 * cursor's row lock.
 */
export async function consumeOnce(
  db: Database,
  consumer: Consumer,
  onSetAside: (failed: Tried['failed']) => void = () => undefined,
): Promise<number> {
  const { seen, failed } = await db.steadyTransaction(begin, async (tx) => {
    const cursor = (await takeCursor(tx, consumer.name)) ?? (await makeCursor(tx, consumer.name));
    const events = cursor ? await listEventsAfter(tx, cursor.position, batchOf(consumer)) : [];
    const again = cursor?.again ?? [];
    const seen = events.length + again.length;
    const tried = seen > 0 ? await consumer.consume(tx, events, again) : undefined;
    if (tried && (cursor?.aside || tried.failed.size > 0)) await settleTried(tx, consumer.name, tried);
    if (seen > 0) {
      const position = events.at(-1)?.position ?? cursor?.position ?? 0;
      await tx.write(sql`
        update consumers set position = ${position}, updated_at = now(), last_error = null where name = ${consumer.name}`);
    }
    failpoint('consumer.before-commit');
    return { seen, failed: tried?.failed };
  });
  if (failed && failed.size > 0) onSetAside(failed);
  return seen;
}

const batchOf = (consumer: Consumer): number => consumer.batch ?? 500;

interface Cursor {
  position: number;
  /** Whether any ticket is set aside, and which of them are to be tried again now. */
  aside: boolean;
  again: number[];
}

const mostAgain = 100;

const takeCursor = (tx: Queryable, name: string): Promise<Cursor | undefined> =>
  tx.maybe(sql`
    select position, exists (select from set_aside_tickets where consumer = name) as aside,
      array(select ticket_id from set_aside_tickets where consumer = name and due
        order by ticket_id limit ${mostAgain}) as again
    from consumers where name = ${name} for update skip locked`);

/** Answers nothing when the cursor is there and another process has it. */
const makeCursor = (tx: Queryable, name: string): Promise<Cursor | undefined> =>
  tx.maybe(sql`
    insert into consumers (name) values (${name}) on conflict do nothing
    returning position, false as aside, '{}'::bigint[] as again`);

export interface Follower {
  wake(): void;
  stop(): Promise<void>;
}

const shortRestMilliseconds = 150;

export function startFollower(db: Database, log: Log, consumer: Consumer, onFollowed: () => void): Follower {
  let stopped = false;
  let busy: Promise<void> | null = null;
  let again = false;
  let resting: NodeJS.Timeout | undefined;
  let waitUntil = 0;
  let at: { first: number; last: number } | null = null;
  let fresh = true;
  const watched: Consumer = {
    ...consumer,
    consume(tx, events, again) {
      at = { first: events[0]?.id ?? 0, last: events.at(-1)?.id ?? 0 };
      return consumer.consume(tx, events, again);
    },
  };

  function tellAside(failed: Tried['failed']): void {
    for (const [ticket, error] of failed)
      log.error({ consumer: consumer.name, ticket, error }, 'ticket set aside');
  }

  async function drain(): Promise<void> {
    again = false;
    at = null;
    try {
      // What an older version could not read this one may.
      if (fresh) await retryAside(db, { consumer: consumer.name });
      fresh = false;
      for (let seen = batchOf(consumer); !stopped && seen >= batchOf(consumer); ) {
        seen = await consumeOnce(db, watched, tellAside);
        if (seen > 0) onFollowed();
      }
    } catch (error) {
      waitUntil = Date.now() + 2000;
      log.error({ consumer: consumer.name, events: at, error }, 'consumer stands still');
      await db
        .write(
          sql`update consumers set last_error = ${tellError(error).slice(0, 2000)} where name = ${consumer.name}`,
        )
        .catch(() => undefined);
    }
  }

  function wake(): void {
    again = true;
    if (busy || stopped || Date.now() < waitUntil) return;
    busy = drain();
    // The first event is followed at once; those that come right after it are gathered.
    void busy.then(() => {
      resting = setTimeout(() => {
        busy = null;
        if (again) wake();
      }, consumer.restMilliseconds ?? shortRestMilliseconds);
    });
  }

  const poll = setInterval(wake, 1000);
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(poll);
      await busy;
      clearTimeout(resting);
    },
  };
}

/** The position up to which each of these has consumed the log; none for one that has not begun. */
export async function listFollowed(db: Queryable, names: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.all<{ name: string; position: number }>(
    sql`select name, position from consumers where name = any(${[...names]}::text[])`,
  );
  return new Map(rows.map(({ name, position }) => [name, position]));
}

/** Holds a consumer still while its work is done over: nobody else consumes for it until this transaction ends. */
export async function holdConsumer(tx: Queryable, name: string): Promise<void> {
  await tx.write(sql`insert into consumers (name) values (${name}) on conflict do nothing`);
  await tx.one(sql`select from consumers where name = ${name} for update`);
}
