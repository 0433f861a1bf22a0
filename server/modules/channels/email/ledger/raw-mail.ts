import { buffer } from 'node:stream/consumers';
import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { notFound } from '../../../../platform/http/errors.ts';

/** The bytes as they came: from the row while they are there, then from the file store. */
export async function readRawMail(desk: Desk, mailId: number): Promise<Buffer> {
  const row = await desk.db.maybe<{ raw: Buffer | null; file: Buffer | null; erased: boolean }>(
    sql`select raw, file, erased from mails where id = ${mailId}`,
  );
  if (!row || row.erased) throw notFound('This mail');
  if (row.raw) return row.raw;
  if (!row.file) throw notFound('This mail');
  return buffer(desk.files.read(row.file.toString('hex')));
}
