import type { Desk } from '../../platform/desk.ts';
import { listFollowed } from '../../platform/events/follow-events.ts';

/** How far the announced consumers have come, read once a process however many streams are open. */
export interface LiveProgress {
  /** Tells what is so now, and each time one has come further, until the result is called. */
  join(listener: ProgressListener): () => void;
}

export type ProgressListener = (announcedAs: string, to: number) => void;

const boards = new WeakMap<Desk, LiveProgress>();

export function liveProgress(desk: Desk): LiveProgress {
  const progress = boards.get(desk) ?? createLiveProgress(desk);
  boards.set(desk, progress);
  return progress;
}

function createLiveProgress(desk: Desk): LiveProgress {
  const announced = new Map(
    desk.modules
      .flatMap(({ consumers }) => consumers ?? [])
      .flatMap(({ name, announcedAs }) => (announcedAs ? [[name, announcedAs] as const] : [])),
  );
  /** What each listener was told last, by consumer. */
  const listeners = new Map<ProgressListener, Map<string, number>>();
  let reading = false;
  let again = false;

  async function read(): Promise<void> {
    do {
      again = false;
      const followed = await listFollowed(desk.db, [...announced.keys()]);
      for (const [listener, told] of listeners) {
        for (const [name, to] of followed) {
          if (told.get(name) === to) continue;
          told.set(name, to);
          listener(announced.get(name) ?? name, to);
        }
      }
    } while (again);
  }

  function moved(): void {
    again = true;
    if (listeners.size === 0 || reading) return;
    reading = true;
    void read()
      .catch((error) =>
        desk.log.warn({ error }, 'how far the followers are is not known; the next move tells'),
      )
      .finally(() => {
        reading = false;
      });
  }

  desk.signals.on('followed', moved);
  return {
    join(listener) {
      listeners.set(listener, new Map());
      moved();
      return () => listeners.delete(listener);
    },
  };
}
