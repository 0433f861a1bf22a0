import path from 'node:path';
import { openDatabase, sql } from '../server/platform/db/database.ts';
import { startEmbedded } from '../server/platform/embedded/start-embedded.ts';
import { folderMegabytes } from './machine.ts';
import { round } from './measure.ts';

export interface DiskUse {
  /** All of the desk's folder. */
  megabytes: number;
  /** Where it goes, most first: tables with their indexes, and the database's log for crashes, which does not grow. */
  parts: { name: string; megabytes: number }[];
}

/** Of a desk that is stopped. */
export async function measureDisk(folder: string): Promise<DiskUse> {
  const postgres = path.join(folder, 'postgres');
  const megabytes = folderMegabytes(folder);
  const parts = [
    { name: 'write-ahead log', megabytes: folderMegabytes(path.join(postgres, 'cluster/pg_wal')) },
    ...(await tableSizes(postgres)),
  ].sort((a, b) => b.megabytes - a.megabytes);
  const named = parts.slice(0, 9);
  const rest = megabytes - named.reduce((sum, part) => sum + part.megabytes, 0);
  return { megabytes, parts: [...named, { name: 'all else', megabytes: round(rest) }] };
}

async function tableSizes(folder: string): Promise<DiskUse['parts']> {
  const embedded = await startEmbedded({ folder });
  const db = openDatabase(embedded.connection, () => undefined);
  try {
    const rows = await db.all<{ name: string; bytes: number }>(
      sql`select relname::text as name, pg_total_relation_size(oid)::float as bytes
          from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    return rows.map(({ name, bytes }) => ({ name, megabytes: round(bytes / 2 ** 20) }));
  } finally {
    await db.close();
    await embedded.stop();
  }
}
