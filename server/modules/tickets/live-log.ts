import type { Desk } from '../../platform/desk.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import { headPosition, listEventsAfter } from '../../platform/events/read-events.ts';

const kept = 2000;
const coalesceMilliseconds = 30;

/** The newest events of the log, read once a process however many streams are open. */
export interface LiveLog {
  /** Events after `position`, oldest first, at most `limit`. */
  after(position: number, limit: number): Promise<RecordedEvent[]>;
  head(): Promise<number>;
  onMore(listener: () => void): () => void;
}

const logs = new WeakMap<Desk, LiveLog>();

export function liveLog(desk: Desk): LiveLog {
  const existing = logs.get(desk);
  if (existing) return existing;
  const log = createLiveLog(desk);
  logs.set(desk, log);
  return log;
}

function createLiveLog(desk: Desk): LiveLog {
  const listeners = new Set<() => void>();
  let tail: RecordedEvent[] = [];
  let reading = false;
  let again = false;

  async function read(): Promise<void> {
    do {
      again = false;
      await new Promise((resolve) => setTimeout(resolve, coalesceMilliseconds));
      const from = tail.at(-1)?.position ?? (await headPosition(desk.db)) - 1;
      const events = await listEventsAfter(desk.db, from, kept);
      if (events.length === 0) continue;
      tail = [...tail, ...events].slice(-kept);
      for (const listener of listeners) listener();
      again ||= events.length === kept;
    } while (again);
  }

  function more(): void {
    again = true;
    if (listeners.size === 0 || reading) return;
    reading = true;
    void read()
      .catch((error) => desk.log.warn({ error }, 'live log cannot read'))
      .finally(() => {
        reading = false;
      });
  }

  desk.signals.on('positions', more);
  return {
    async after(position, limit) {
      const first = tail[0]?.position;
      if (first != null && position >= first - 1) {
        return tail.slice(position - first + 1, position - first + 1 + limit);
      }
      return listEventsAfter(desk.db, position, limit);
    },
    head: () => headPosition(desk.db),
    onMore(listener) {
      listeners.add(listener);
      more();
      return () => listeners.delete(listener);
    },
  };
}
