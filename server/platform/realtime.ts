import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { connectAlone } from './db/connect-alone.ts';
import type { Connection, Database } from './db/database.ts';
import type { Log } from './log.ts';

const channel = 'firstline';
const coalesceMilliseconds = 20;

const signals = ['events', 'positions', 'followed', 'jobs', 'access', 'settings', 'viewers'] as const;

/**
 * What can have happened somewhere: new events, new positions in the log, a consumer further on, new jobs, a right
 * taken away, who looks.
 */
export type Signal = (typeof signals)[number];

export interface Signals {
  /** Tells this process now and the others within some 20 ms, many tellings as one NOTIFY. */
  tell(signal: Signal): void;
  on(signal: Signal, listener: () => void): () => void;
  close(): Promise<void>;
}

/** NOTIFY serialises commits, so it is never sent by a command: one notifier a process, after the commit. */
export async function openSignals(db: Database, connection: Connection, log: Log): Promise<Signals> {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const pending = new Set<Signal>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const self = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

  async function flush(): Promise<void> {
    timer = null;
    const told = [...pending];
    pending.clear();
    try {
      // A signal that a power cut swallows was nobody's data: its commit waits for no disk.
      await db.pool.query("select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", [
        channel,
        `${self} ${told.join(',')}`,
      ]);
    } catch (error) {
      if (!closed) log.debug({ error }, 'signal not sent; pollers will find it');
    }
  }

  const listener = listenForever();
  let listening: pg.Client | null = null;

  async function listenForever(): Promise<void> {
    while (!closed) {
      try {
        const client = await connectAlone(connection);
        listening = client;
        client.on('notification', (message) => {
          const [from, names] = (message.payload ?? '').split(' ');
          if (from !== self) for (const name of (names ?? '').split(',')) emitter.emit(name);
        });
        const gone = new Promise<void>((resolve) => {
          client.on('error', () => resolve());
          client.on('end', () => resolve());
        });
        await client.query(`listen ${channel}`);
        // Closed while it connected: nobody ends this connection but the line below.
        if (!closed) {
          for (const signal of signals) emitter.emit(signal);
          await gone;
        }
      } catch (error) {
        if (!closed) log.warn({ error }, 'not listening to the database, trying again');
      }
      await listening?.end().catch(() => undefined);
      listening = null;
      if (!closed) await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  return {
    tell(signal) {
      emitter.emit(signal);
      pending.add(signal);
      timer ??= setTimeout(() => void flush(), coalesceMilliseconds);
    },
    on(signal, run) {
      emitter.on(signal, run);
      return () => emitter.off(signal, run);
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await listening?.end().catch(() => undefined);
      await listener;
    },
  };
}
