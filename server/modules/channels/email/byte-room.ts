/** Bytes that may be held in memory at once, first come first served. */
export interface ByteRoom {
  /**
   * Waits until there is room and answers how to give it back. More than the whole room is let in alone.
   * @throws what `refuse` makes when there was none in time
   */
  take(bytes: number, patience?: { milliseconds: number; refuse(): Error }): Promise<() => void>;
}

interface Waiting {
  bytes: number;
  enter(): void;
}

export function createByteRoom(most: number): ByteRoom {
  const queue: Waiting[] = [];
  let held = 0;

  function letIn(): void {
    for (let next = queue[0]; next && held + next.bytes <= most; next = queue[0]) {
      queue.shift();
      held += next.bytes;
      next.enter();
    }
  }

  return {
    take: (wanted, patience) =>
      new Promise((resolve, reject) => {
        const bytes = Math.min(wanted, most);
        const giveBack = once(() => {
          held -= bytes;
          letIn();
        });
        const waiting: Waiting = {
          bytes,
          enter() {
            clearTimeout(timer);
            resolve(giveBack);
          },
        };
        const timer = patience && setTimeout(() => leave(patience.refuse()), patience.milliseconds);
        const leave = (refusal: Error) => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(refusal);
          letIn();
        };
        queue.push(waiting);
        letIn();
      }),
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
