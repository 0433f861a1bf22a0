import { type Queryable, sql } from '../../../../platform/db/database.ts';
import type { Answer } from './answers.ts';

export type OutgoingState =
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'kept'
  | 'retrying'
  | 'uncertain'
  | 'held'
  | 'failed'
  | 'partly_failed'
  | 'withdrawn';

/** A mail that is to go, or to go again. */
export const openStates: OutgoingState[] = ['waiting', 'sending', 'retrying', 'uncertain'];

export interface OutgoingRow {
  id: number;
  kind: 'reply' | 'acknowledgement' | 'link';
  automatic: boolean;
  ticketId: number | null;
  messageId: number | null;
  inboxId: number | null;
  authorId: number | null;
  fromName: string;
  fromAddress: string;
  recipients: string[];
  ccs: string[];
  /** Empty for the null return path. */
  returnPath: string;
  replyTo: string | null;
  subject: string;
  headerId: string;
  inReplyTo: string | null;
  referenceIds: string[];
  text: string | null;
  html: string | null;
  state: OutgoingState;
  sendAt: Date;
  attempts: number;
  lastError: string | null;
  /** The last word on everybody who was tried; empty before, and when nothing leaves the desk. */
  answers: Answer[];
  sentAt: Date | null;
  createdAt: Date;
}

export const outgoingColumns = sql`id, kind, automatic, ticket_id as "ticketId", message_id as "messageId",
  inbox_id as "inboxId", author_id as "authorId", from_name as "fromName", from_address as "fromAddress", recipients,
  ccs, return_path as "returnPath", reply_to as "replyTo", subject, header_id as "headerId",
  in_reply_to as "inReplyTo", reference_ids as "referenceIds", text, html, state, send_at as "sendAt", attempts,
  last_error as "lastError", answers, sent_at as "sentAt", created_at as "createdAt"`;

export function findOutgoing(db: Queryable, id: number): Promise<OutgoingRow | undefined> {
  return db.maybe<OutgoingRow>(sql`select ${outgoingColumns} from outgoing_mails where id = ${id}`);
}

export function findOutgoingOfMessage(db: Queryable, messageId: number): Promise<OutgoingRow | undefined> {
  return db.maybe<OutgoingRow>(
    sql`select ${outgoingColumns} from outgoing_mails where message_id = ${messageId}`,
  );
}
