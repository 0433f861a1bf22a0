import { randomBytes } from 'node:crypto';
import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import type { StoredFile } from '../../platform/files/file-store.ts';

/** 128 random bits: knowing it is the only way to ask for a file, and rights are asked again then. */
export const newFileKey = (): string => randomBytes(16).toString('base64url');

/** Stores bytes durably under their content, with their row. */
export async function storeFile(desk: Pick<Desk, 'db' | 'files'>, bytes: Uint8Array): Promise<StoredFile> {
  const file = await desk.files.write(bytes);
  const key = Buffer.from(file.sha256, 'hex');
  await desk.db.write(sql`insert into files (sha256, size) values (${key}, ${file.size})
    on conflict (sha256) do update set size = excluded.size`);
  // The same content can have been dropped between the bytes and the row.
  if (!(await desk.files.has(file.sha256))) await desk.files.write(bytes);
  return file;
}
