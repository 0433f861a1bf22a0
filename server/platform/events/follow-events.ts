import { type Database, named, type Queryable, queryable, sql } from '../db/database.ts';
import { failpoint } from '../failpoint.ts';
import type { Log } from '../log.ts';
import type { RecordedEvent } from './event-map.ts';
import { listEventsAfter } from './read-events.ts';

/** A later reaction that follows the log by its own cursor. Its writes and its cursor commit together. */
export interface Consumer {
  name: string;
  batch?: number;
  consume(tx: Queryable, events: RecordedEvent[]): Promise<void>;
}

/** Consumes one batch; answers how many events it held. Two processes take turns on the cursor's row lock. */
export async function consumeOnce(db: Database, consumer: Consumer): Promise<number> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const tx = queryable((query) => client.query(named(query)));
    await tx.write(sql`insert into consumers (name) values (${consumer.name}) on conflict do nothing`);
    const cursor = await tx.maybe<{ position: number }>(
      sql`select position from consumers where name = ${consumer.name} for update skip locked`,
    );
    const events = cursor ? await listEventsAfter(tx, cursor.position, consumer.batch ?? 500) : [];
    const last = events.at(-1)?.position;
    if (last != null) {
      await consumer.consume(tx, events);
      await tx.write(
        sql`update consumers set position = ${last}, updated_at = now(), last_error = null where name = ${consumer.name}`,
      );
    }
    failpoint('consumer.before-commit');
    await client.query('commit');
    return events.length;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

export interface Follower {
  wake(): void;
  stop(): Promise<void>;
}

export function startFollower(db: Database, log: Log, consumer: Consumer): Follower {
  let stopped = false;
  let busy: Promise<void> | null = null;
  let again = false;
  let waitUntil = 0;

  async function drain(): Promise<void> {
    try {
      do {
        again = false;
        while (!stopped && (await consumeOnce(db, consumer)) > 0);
      } while (again && !stopped);
    } catch (error) {
      waitUntil = Date.now() + 2000;
      log.error({ consumer: consumer.name, error: String(error) }, 'consumer stands still');
      await db
        .write(
          sql`update consumers set last_error = ${String(error).slice(0, 2000)} where name = ${consumer.name}`,
        )
        .catch(() => undefined);
    }
  }

  function wake(): void {
    again = true;
    if (busy || stopped || Date.now() < waitUntil) return;
    busy = drain().finally(() => {
      busy = null;
      if (again) wake();
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
    },
  };
}
