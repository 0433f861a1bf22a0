export const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs is sent, so that two people can change different things. */
export function differing<D extends object>(before: D, now: D): Partial<D> {
  const entries = Object.entries(now).filter(([name, value]) => !equal(before[name as keyof D], value));
  return Object.fromEntries(entries) as Partial<D>;
}

/** The fields that both sides changed, to different values: all that a person has to decide. */
export function clashesOf<D extends object>(before: D, mine: Partial<D>, theirs: D): (keyof D & string)[] {
  const names = Object.keys(mine) as (keyof D & string)[];
  return names.filter((name) => !equal(theirs[name], before[name]) && !equal(theirs[name], mine[name]));
}

export function without<D extends object>(changes: Partial<D>, names: readonly string[]): Partial<D> {
  const kept = Object.entries(changes).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept) as Partial<D>;
}

/** What was added to a set and what was taken out of it. */
export function movesOf(before: readonly number[], now: readonly number[]) {
  return {
    joined: now.filter((one) => !before.includes(one)),
    left: before.filter((one) => !now.includes(one)),
  };
}
