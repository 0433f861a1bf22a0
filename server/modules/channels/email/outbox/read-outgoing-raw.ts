import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { notFound } from '../../../../platform/http/errors.ts';
import { composeMail } from './compose-mail.ts';
import { findOutgoing } from './outgoing-row.ts';

/** The MIME as it was sent, or as it would be sent now. */
export async function readOutgoingRaw(desk: Desk, id: number): Promise<Buffer> {
  const row = await findOutgoing(desk.db, id);
  if (!row) throw notFound('This mail');
  const kept = await desk.db.one<{ raw: Buffer | null }>(
    sql`select raw from outgoing_mails where id = ${id}`,
  );
  return kept.raw ?? composeMail(desk, row);
}
