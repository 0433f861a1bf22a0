import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { type OutgoingRow, openStates, outgoingColumns } from './outgoing-row.ts';

export type Started = OutgoingRow & { raw: Buffer | null };

/** From here on it cannot be withdrawn. A row found `sending` was being sent when its worker died. */
export function startSending(desk: Desk, id: number): Promise<Started | undefined> {
  return desk.db.maybe(sql`
    update outgoing_mails set state = 'sending', attempts = attempts + 1
    where id = ${id} and state = any(${openStates}::text[]) returning ${outgoingColumns}, raw`);
}

/** The same mail, without a mark on it: nobody is about to send it. */
export function findOpen(desk: Desk, id: number): Promise<Started | undefined> {
  return desk.db.maybe(sql`
    select ${outgoingColumns}, raw from outgoing_mails where id = ${id} and state = any(${openStates}::text[])`);
}
