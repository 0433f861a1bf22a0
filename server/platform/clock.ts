/** Time as the desk sees it. `null` from `fixed` means: ask the database, once a command. */
export interface Clock {
  fixed(): Date | null;
}

export const databaseClock: Clock = { fixed: () => null };

/** A clock that only moves when told to: tests and sample data. */
export interface SteppedClock extends Clock {
  set(at: Date): void;
  advance(seconds: number): void;
}

export function steppedClock(start: Date): SteppedClock {
  let now = start;
  return {
    fixed: () => now,
    set: (at) => {
      now = at;
    },
    advance: (seconds) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
  };
}
