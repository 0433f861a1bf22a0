import type { Desk } from '../../platform/desk.ts';
import { endViewer, extendViewers, listViewers, sweepViewers, type ViewerRow } from './viewers.ts';

const coalesceMilliseconds = 30;
const extendMilliseconds = 5000;

/** Who looks at which ticket, read once a process however many streams are open, and only when somebody came or left. */
export interface ViewerBoard {
  /** Calls back when the board may have changed for this stream, until the result is called; then it looks at nothing. */
  join(stream: string, listener: () => void): () => void;
  /** The ticket this stream looks at and who else does; null where it looks at none. */
  beside(stream: string): Beside | null;
}

export interface Beside {
  ticketId: number;
  others: Pick<ViewerRow, 'staffId' | 'writing'>[];
}

const boards = new WeakMap<Desk, ViewerBoard>();

export function viewerBoard(desk: Desk): ViewerBoard {
  const board = boards.get(desk) ?? createViewerBoard(desk);
  boards.set(desk, board);
  return board;
}

function createViewerBoard(desk: Desk): ViewerBoard {
  const streams = new Map<string, () => void>();
  let rows: ViewerRow[] = [];
  let reading = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  const warn = (error: unknown) => desk.log.warn({ error }, 'viewers of tickets are not known');

  async function read(): Promise<void> {
    do {
      again = false;
      await new Promise((resolve) => setTimeout(resolve, coalesceMilliseconds));
      rows = await listViewers(desk.db);
      for (const listener of streams.values()) listener();
    } while (again);
  }

  function changed(): void {
    again = true;
    if (streams.size === 0 || reading) return;
    reading = true;
    void read()
      .catch(warn)
      .finally(() => {
        reading = false;
      });
  }

  /** The open stream is the sign of life: no screen has to tell again that it is still there. */
  async function extend(): Promise<void> {
    if (rows.length === 0) return;
    const own = rows.map(({ stream }) => stream).filter((stream) => streams.has(stream));
    if (own.length > 0) await extendViewers(desk.db, own);
    if ((await sweepViewers(desk.db)) > 0) desk.signals.tell('viewers');
  }

  async function leave(stream: string): Promise<void> {
    streams.delete(stream);
    if (streams.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    if ((await endViewer(desk.db, stream)) > 0) desk.signals.tell('viewers');
  }

  desk.signals.on('viewers', changed);
  return {
    join(stream, listener) {
      streams.set(stream, listener);
      timer ??= setInterval(() => void extend().catch(warn), extendMilliseconds).unref();
      return () => void leave(stream).catch((error) => desk.log.debug({ error }, 'left to its lease'));
    },
    beside: (stream) => besideOf(rows, stream),
  };
}

/** Whoever has a ticket open twice is one person, who writes if one of the screens is written on. */
function besideOf(rows: ViewerRow[], stream: string): Beside | null {
  const own = rows.find((row) => row.stream === stream);
  if (!own) return null;
  const others = new Map<number, ViewerRow['writing']>();
  for (const { ticketId, staffId, writing } of rows) {
    if (ticketId !== own.ticketId || staffId === own.staffId) continue;
    const known = others.get(staffId) ?? null;
    others.set(staffId, known === 'reply' ? known : (writing ?? known));
  }
  return {
    ticketId: own.ticketId,
    others: [...others].map(([staffId, writing]) => ({ staffId, writing })),
  };
}
