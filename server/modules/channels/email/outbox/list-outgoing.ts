import { empty, type Queryable, sql } from '../../../../platform/db/database.ts';
import type { OutboxQuery } from '../../contract.ts';
import { type OutgoingRow, outgoingColumns } from './outgoing-row.ts';

/** Newest first. The cursor is the id of the last one seen. */
export async function listOutgoing(db: Queryable, question: OutboxQuery) {
  const states = question.state === undefined ? [] : [question.state].flat();
  const rows = await db.all<OutgoingRow>(sql`
    select ${outgoingColumns} from outgoing_mails
    where id < ${Number(question.cursor ?? Number.MAX_SAFE_INTEGER)}
      ${states.length > 0 ? sql`and state = any(${states}::text[])` : empty}
      ${question.ticket ? sql`and ticket_id = ${question.ticket}` : empty}
    order by id desc limit ${question.limit + 1}`);
  const items = rows.slice(0, question.limit);
  return {
    items: items.map(presentOutgoing),
    nextCursor: rows.length > items.length ? String(items.at(-1)?.id) : null,
  };
}

export function presentOutgoing(row: OutgoingRow) {
  return {
    id: row.id,
    kind: row.kind,
    ticketId: row.ticketId,
    messageId: row.messageId,
    inboxId: row.inboxId,
    from: row.fromAddress,
    to: row.recipients,
    cc: row.ccs,
    subject: row.subject,
    headerId: row.headerId,
    state: row.state,
    sendAt: row.sendAt.toISOString(),
    attempts: row.attempts,
    lastError: row.lastError,
    answers: row.answers,
    sentAt: row.sentAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
