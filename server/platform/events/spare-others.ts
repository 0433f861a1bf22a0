import { type Queryable, sql } from '../db/database.ts';

/** Items for which something could not be done, each with its own error. */
export type Failures<T> = Map<T, unknown>;

/** Reckons for each item by itself, without the database: one that cannot be reckoned costs itself alone. */
export function reckonApart<T, R>(
  items: Iterable<T>,
  reckon: (item: T) => R,
): { done: Map<T, R>; failed: Failures<T> } {
  const done = new Map<T, R>();
  const failed: Failures<T> = new Map();
  for (const item of items) {
    try {
      done.set(item, reckon(item));
    } catch (error) {
      failed.set(item, error);
    }
  }
  return { done, failed };
}

/**
 * Writes for all items, or for those whose values the database takes. Where it refuses a value of some, halves tell of
 * which. Whatever else fails (the server, the disk, a lock, the time a statement may take) is no item's fault, and is
 * thrown. All that `write` asks must be answered when it fails.
 */
export async function writeApart<T>(
  tx: Queryable,
  items: readonly T[],
  write: (items: readonly T[]) => Promise<void>,
): Promise<Failures<T>> {
  if (items.length === 0) return new Map();
  await tx.write(sql`savepoint apart`);
  try {
    await write(items);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    await tx.write(sql`rollback to savepoint apart`);
    await tx.write(sql`release savepoint apart`);
    if (items.length === 1) return new Map([[items[0] as T, error]]);
    const half = items.length >> 1;
    const failed = await writeApart(tx, items.slice(0, half), write);
    for (const [item, why] of await writeApart(tx, items.slice(half), write)) failed.set(item, why);
    return failed;
  }
  await tx.write(sql`release savepoint apart`);
  return new Map();
}

/** By SQLSTATE: data exceptions, broken constraints, and what is too large for an index. */
export function isRefusedValue(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23)[0-9A-Z]{3}$|^54000$/.test(code);
}
