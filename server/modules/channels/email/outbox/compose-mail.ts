import { buffer } from 'node:stream/consumers';
import MailComposer from 'nodemailer/lib/mail-composer';
import { format } from '../../../../../i18n/catalogue.ts';
import { isLocale, type Locale } from '../../../../../i18n/locales.ts';
import { type Queryable, sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { HttpError } from '../../../../platform/http/errors.ts';
import { readSetting } from '../../../../platform/settings.ts';
import { deskSettings } from '../../../auth/index.ts';
import { ticketReads } from '../../../tickets/index.ts';
import { findInbox } from '../../inboxes/inbox.ts';
import { formatMoment } from '../format-moment.ts';
import { deskMark, loopHeader } from '../own-header.ts';
import { readMailKeys } from '../threads/mail-keys.ts';
import { cleanHeader } from './clean-header.ts';
import { cidOf, mailDocument, paragraphs, toMailHtml } from './mail-html.ts';
import type { OutgoingRow } from './outgoing-row.ts';

type Attachment = {
  filename: string;
  content: Buffer;
  contentType: string;
  cid?: string;
  contentDisposition?: 'inline';
};

interface Composed {
  text: string;
  html: string;
  attachments: Attachment[];
}

/** What the mail was to say was taken out for ever. */
export class MessageGone extends HttpError {
  constructor() {
    super(
      410,
      'message_redacted',
      'The words of this message were removed for good; the mail cannot be made again.',
    );
  }
}

/** The mail as its bytes, made when it is sent, so that what was withdrawn or redacted before never goes out. */
export async function composeMail(desk: Desk, row: OutgoingRow): Promise<Buffer> {
  const body = row.messageId === null ? composeText(row) : await composeMessage(desk, row, row.messageId);
  const mail = new MailComposer({
    from: { name: row.fromName, address: row.fromAddress },
    to: row.recipients,
    cc: row.ccs,
    ...(row.replyTo ? { replyTo: row.replyTo } : {}),
    subject: cleanHeader(row.subject),
    messageId: `<${row.headerId}>`,
    ...(row.inReplyTo ? { inReplyTo: `<${cleanHeader(row.inReplyTo)}>` } : {}),
    ...(row.referenceIds.length > 0
      ? { references: row.referenceIds.map((id) => `<${cleanHeader(id)}>`) }
      : {}),
    date: row.createdAt,
    headers: await ownHeaders(desk, row),
    text: body.text,
    html: body.html,
    attachments: body.attachments,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return unfoldIds(await mail.compile().build());
}

/** Some servers lose an id that begins on the second line of its header; lines may be 998 characters long. */
function unfoldIds(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.toString('latin1', 0, end);
  const unfolded = head.replace(/^(Message-ID|In-Reply-To|Reply-To):\r\n[ \t]+(\S{1,900})$/gim, '$1: $2');
  return Buffer.concat([Buffer.from(unfolded, 'latin1'), raw.subarray(end)]);
}

async function ownHeaders(desk: Desk, row: OutgoingRow): Promise<Record<string, string>> {
  const headers: Record<string, string> = { [loopHeader]: deskMark(await readMailKeys(desk.db)) };
  if (!row.automatic) return headers;
  const submitted = row.kind === 'link' ? 'auto-generated' : 'auto-replied';
  return { ...headers, 'Auto-Submitted': submitted, 'X-Auto-Response-Suppress': 'All' };
}

function composeText(row: OutgoingRow): Composed {
  const text = row.text ?? '';
  const body = row.html ?? paragraphs(text);
  return { text, html: mailDocument({ body, signature: '', quote: null, language: 'en' }), attachments: [] };
}

async function composeMessage(desk: Desk, row: OutgoingRow, messageId: number): Promise<Composed> {
  const ticketId = row.ticketId ?? 0;
  const [ticket, messages, inbox, rows, zone] = await desk.db.together((tx) =>
    Promise.all([
      ticketReads.getTicketRow(tx, ticketId),
      ticketReads.listMessages(tx, ticketId),
      row.inboxId === null ? undefined : findInbox(tx, row.inboxId),
      listFiles(tx, messageId),
      readSetting(tx, deskSettings.timeZone),
    ]),
  );
  const message = messages.find((one) => one.id === messageId);
  if (!message || message.redacted) throw new MessageGone();
  const language: Locale = isLocale(ticket.language)
    ? ticket.language
    : isLocale(inbox?.language)
      ? inbox.language
      : 'en';
  const signature = inbox?.signature.trim() ?? '';
  const quote = await quoteOf(desk, row, { messages, language, zone });
  const files = await readFiles(desk, rows);
  const shown = message.html
    ? toMailHtml(message.html, files)
    : { html: paragraphs(message.text), used: new Set<string>() };
  return {
    text: [message.text, signature && `-- \n${signature}`, quote && `${quote.intro}\n${indent(quote.text)}`]
      .filter(Boolean)
      .join('\n\n'),
    html: mailDocument({ body: shown.html, signature, quote, language }),
    attachments: files.map(({ key, contentId: _, ...file }) => ({
      ...file,
      ...(shown.used.has(key) ? { cid: cidOf(key), contentDisposition: 'inline' as const } : {}),
    })),
  };
}

type Messages = Awaited<ReturnType<typeof ticketReads.listMessages>>;

/** The customer's last words, for the customer alone: who came into copy later must not read what was said before. */
async function quoteOf(
  desk: Desk,
  row: OutgoingRow,
  { messages, language, zone }: { messages: Messages; language: Locale; zone: string },
) {
  if (row.ccs.length > 0 || row.automatic) return null;
  const index = messages.findIndex((one) => one.id === row.messageId);
  const last = messages
    .slice(0, index)
    .findLast((one) => one.public && one.authorKind === 'customer' && !one.redacted);
  if (!last || last.text.trim() === '') return null;
  const time = await formatMoment(desk.db, new Date(last.createdAt), language, zone);
  const name = cleanHeader(last.authorName || last.mail?.from || '', 200);
  return { intro: format(language, 'mail.quote.intro', { time, name }), text: last.text.slice(0, 20_000) };
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

interface FileRow {
  key: string;
  sha256: string;
  name: string;
  type: string;
  contentId: string | null;
}

function listFiles(db: Queryable, messageId: number): Promise<FileRow[]> {
  return db.all<FileRow>(sql`
    select key, encode(sha256, 'hex') as sha256, file_name as name, content_type as type, content_id as "contentId"
    from attachments where message_id = ${messageId} order by id`);
}

async function readFiles(desk: Desk, rows: FileRow[]) {
  return Promise.all(
    rows.map(async (row) => ({
      key: row.key,
      contentId: row.contentId,
      filename: cleanHeader(row.name, 255),
      contentType: row.type,
      content: await buffer(desk.files.read(row.sha256)),
    })),
  );
}
