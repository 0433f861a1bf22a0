import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import type { Attachment, Message } from './contract.ts';
import type { AuthorKind, Channel } from './events.ts';
import type { MailHeaders } from './message-content.ts';
import { findNames, type Names } from './names.ts';

export interface MessageRow {
  id: number;
  ticketId: number;
  public: boolean;
  authorKind: AuthorKind;
  authorId: number | null;
  channel: Channel;
  text: string;
  html: string | null;
  signature: string | null;
  quoteText: string | null;
  quoteHtml: string | null;
  remoteImages: number;
  senderTrust: 'pass' | 'fail' | 'unknown' | null;
  mentions: number[];
  mail: MailHeaders | null;
  createdAt: Date;
  redactedAt: Date | null;
  attachments: Attachment[];
  deliveryState: string | null;
  deliverySendAt: Date | null;
  deliveryError: string | null;
  deliveryAnswers: { address: string; outcome: string; said: string | null }[] | null;
}

/** A ticket and all that were merged into it, however deep. */
export const familyOf = (ticketId: number) => sql`with recursive family (id) as (
  select ${ticketId}::bigint
  union select tickets.id from family join tickets on tickets.merged_into = family.id
)`;

/** How each went out, looked up one by one whatever the planner believes of them. */
const messagesWithDelivery = sql`messages left join lateral (
  select state, send_at, error, answers from message_deliveries where message_id = messages.id limit 1) as delivery on true`;

const messageColumns = sql`messages.id, messages.ticket_id as "ticketId", public, author_kind as "authorKind",
  author_id as "authorId", channel, text, html, signature, quote_text as "quoteText", quote_html as "quoteHtml",
  remote_images as "remoteImages", sender_trust as "senderTrust", mentions, mail,
  messages.created_at as "createdAt", redacted_at as "redactedAt", delivery.state as "deliveryState",
  delivery.send_at as "deliverySendAt", delivery.error as "deliveryError", delivery.answers as "deliveryAnswers",
  array(select jsonb_build_object('key', key, 'fileName', file_name, 'contentType', content_type, 'size', size,
    'contentId', content_id, 'inline', inline)
    from attachments where message_id = messages.id order by attachments.id) as attachments`;

/** The whole conversation, absorbed tickets included, oldest first. */
export async function listMessageRows(db: Queryable, ticketId: number): Promise<MessageRow[]> {
  return db.all<MessageRow>(sql`${familyOf(ticketId)}
    select ${messageColumns} from ${messagesWithDelivery}
    where messages.ticket_id = any(array(select id from family)) order by messages.created_at, messages.id`);
}

const messageReading: Joint<number, MessageRow> = {
  key: (id) => id,
  of: ({ id }) => id,
  statement: (ids) => sql`select ${messageColumns} from ${messagesWithDelivery}
    where messages.id = any(${ids}::bigint[])`,
};

export async function findMessageRow(db: Queryable, id: number): Promise<MessageRow | undefined> {
  const [row] = await db.joined(messageReading, id);
  return row;
}

export async function listMessages(db: Queryable, ticketId: number): Promise<Message[]> {
  const rows = await listMessageRows(db, ticketId);
  const names = await findNames(db, authorsOf(rows));
  return rows.map((row) => presentMessage(row, names));
}

export function authorsOf(rows: MessageRow[]): { staff: (number | null)[]; customers: (number | null)[] } {
  return {
    staff: rows.filter((row) => row.authorKind === 'agent').map((row) => row.authorId),
    customers: rows.filter((row) => row.authorKind === 'customer').map((row) => row.authorId),
  };
}

export function presentMessage(row: MessageRow, names: Names): Message {
  const { from, to, cc, subject } = row.mail ?? {};
  const { authorKind, authorId } = row;
  return {
    id: row.id,
    ticketId: row.ticketId,
    public: row.public,
    authorKind,
    authorId,
    authorName: names.actor(authorKind, authorId),
    channel: row.channel,
    text: row.text,
    html: row.html,
    signature: row.signature,
    quoteText: row.quoteText,
    quoteHtml: row.quoteHtml,
    remoteImages: row.remoteImages,
    senderTrust: row.senderTrust,
    mentions: row.mentions,
    mail: row.mail && {
      ...(from && { from }),
      ...(to && { to }),
      ...(cc && { cc }),
      ...(subject && { subject }),
    },
    attachments: row.attachments,
    createdAt: row.createdAt.toISOString(),
    redacted: row.redactedAt !== null,
    delivery: deliveryOf(row),
  };
}

function deliveryOf(row: MessageRow): Message['delivery'] {
  const { deliveryState: state, deliverySendAt, deliveryError: error } = row;
  if (state === null) return null;
  const answers = row.deliveryAnswers ?? [];
  const missing = answers.filter(({ outcome }) => outcome !== 'accepted');
  return {
    state,
    sendAt: deliverySendAt?.toISOString() ?? null,
    error,
    accepted: answers.length - missing.length,
    missing: missing.map(({ address, outcome, said }) => ({ address, final: outcome === 'refused', said })),
  };
}
