import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Queryable, sql } from '../db/database.ts';

/**
 * Removes bytes that no row speaks of: a crash between a file and its row leaves them, and whoever brought them may not
 * come back for them. Younger ones than `before` may still wait for their row. Answers how many went.
 */
export async function sweepFiles(db: Queryable, folder: string, before: Date): Promise<number> {
  let gone = 0;
  for (const shard of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue;
    const place = path.join(folder, shard);
    for (const name of await unknownOf(db, await readdir(place))) {
      const written = await stat(path.join(place, name)).catch(() => null);
      if (written && written.mtime < before && (await sweep(db, folder, shard, name))) gone++;
    }
  }
  return gone;
}

/** Put aside first and asked for once more: its row may come at this very moment, by somebody who saw the bytes. */
async function sweep(db: Queryable, folder: string, shard: string, name: string): Promise<boolean> {
  const file = path.join(folder, shard, name);
  const aside = path.join(folder, 'incoming', `swept-${name}`);
  await rename(file, aside);
  const isUnknown = (await unknownOf(db, [name])).length > 0;
  if (isUnknown) await rm(aside, { force: true });
  else await rename(aside, file);
  return isUnknown;
}

async function unknownOf(db: Queryable, names: string[]): Promise<string[]> {
  const wanted = names.filter((name) => /^[0-9a-f]{64}$/.test(name));
  const rows = await db.all<{ name: string }>(sql`
    select name from unnest(${wanted}::text[]) as wanted (name)
    where not exists (select from files where sha256 = decode(name, 'hex'))`);
  return rows.map(({ name }) => name);
}
