import type { QueryKey } from '@tanstack/react-query';
import { queryClient } from './client.ts';

const gatherMs = 150;
const apartMs = 900;
/** An answer that takes longer than this does not hold up the next question. */
const patienceMs = 5000;

/** What is known of one key: when it was last asked for, and whether it must be again. */
type Turn = { queryKey: QueryKey; wanted: boolean; begunAt: number; waiting: boolean; asking: boolean };

const turns = new Map<string, Turn>();

/**
 * Marks what lies below a key as out of date. However many events say so, it is asked for about once a second, and
 * never while its last answer is under way: asking anew would give that one up, and in a flood of events no answer
 * would ever come. What is said meanwhile is asked for afterwards.
 */
export function refreshSoon(queryKey: QueryKey): void {
  const name = JSON.stringify(queryKey);
  const turn = turns.get(name) ?? { queryKey, wanted: false, begunAt: 0, waiting: false, asking: false };
  turns.set(name, turn);
  turn.wanted = true;
  take(name, turn);
}

function take(name: string, turn: Turn): void {
  if (turn.waiting || turn.asking) return;
  if (!turn.wanted) {
    turns.delete(name);
    return;
  }
  turn.waiting = true;
  setTimeout(() => void ask(name, turn), Math.max(gatherMs, turn.begunAt + apartMs - Date.now()));
}

async function ask(name: string, turn: Turn): Promise<void> {
  Object.assign(turn, { wanted: false, waiting: false, asking: true, begunAt: Date.now() });
  await Promise.race([queryClient.invalidateQueries({ queryKey: turn.queryKey }), pause(patienceMs)]);
  turn.asking = false;
  // Kept for as long as it holds the next one back.
  setTimeout(() => take(name, turn), turn.wanted ? 0 : Math.max(0, turn.begunAt + apartMs - Date.now()));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
