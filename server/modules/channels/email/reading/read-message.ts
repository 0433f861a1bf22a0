import { type BodyParts, type MailAttachment, readBodyParts } from './body-parts.ts';
import { cleanHtml } from './clean-html.ts';
import { decodeHeader, headerBytesToText } from './decode-header.ts';
import type { HeaderField } from './header-fields.ts';
import { MailRefusal, mailLimits } from './mail-limits.ts';
import { type MimePart, readMimeTree } from './mime-tree.ts';
import { type MailAddress, readAddresses } from './read-addresses.ts';
import { type MailReport, readReport } from './read-report.ts';

/** One mail, decoded. Ids (Message-ID, References …) stand without their angle brackets. */
export type ParsedMail = {
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  from: MailAddress | null;
  replyTo: MailAddress[];
  sender: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  deliveredTo: string[];
  subject: string;
  date: Date | null;
  /** '' is the null sender of bounces, null when the header is missing. */
  returnPath: string | null;
  /** Lower-case name to every value in the order of the mail. */
  headers: Record<string, string[]>;
  /** The text a reader sees; made from the HTML when there is no plain text. */
  text: string;
  /** As it came: never show it before `cleanHtml`. */
  html: string | null;
  attachments: MailAttachment[];
  report: MailReport | null;
};

/**
 * Reads one raw mail. Pure: no clock, no files, no network.
 * Throws `MailRefusal` when a limit is passed; any other bad input gives the best reading there is.
 */
export function readMessage(raw: Buffer): ParsedMail {
  const { mail, body } = readEnvelopeAndBody(raw);
  if (body.text !== null || body.html === null) return mail;
  return { ...mail, text: cleanHtml(body.html, { cids: new Set() }).text };
}

/** Like `readMessage`, but `text` stays empty for a mail in HTML only: the caller cleans the HTML once. */
export function readEnvelopeAndBody(raw: Buffer): { mail: ParsedMail; body: BodyParts } {
  if (raw.length > mailLimits.mailBytes) throw new MailRefusal('unreadable', 'larger than any accepted mail');
  const root = readMimeTree(raw);
  const body = readBodyParts(root);
  return { mail: { ...readEnvelope(root), ...readContent(body), report: readReport(root) }, body };
}

function readContent(body: BodyParts) {
  return { text: body.text ?? '', html: body.html, attachments: body.attachments };
}

function readEnvelope(root: MimePart) {
  const charset = bodyCharset(root);
  const texts = (name: string) => fieldsNamed(root.fields, name).map((value) => decodeHeader(value, charset));
  const addresses = (name: string) =>
    fieldsNamed(root.fields, name)
      .flatMap((value) => readAddresses(headerBytesToText(value, charset)))
      .slice(0, mailLimits.addresses);
  const withAddress = (name: string) => addresses(name).filter((one) => one.address !== '');
  const returnPath =
    texts('return-path')
      .at(0)
      ?.replace(/[<>\s]/g, '') ?? null;
  const sender = withAddress('sender')[0] ?? null;
  const replyTo = withAddress('reply-to');
  return {
    messageId: readIds(texts('message-id').slice(0, 1))[0] ?? null,
    inReplyTo: readIds(texts('in-reply-to')),
    references: cutIds(readIds(texts('references'))),
    from: chooseFrom(addresses('from'), [sender, replyTo[0] ?? null], returnPath),
    replyTo,
    sender,
    to: withAddress('to'),
    cc: withAddress('cc'),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to']
      .flatMap(withAddress)
      .map((one) => one.address)
      .filter((one, index, all) => all.indexOf(one) === index),
    subject: (texts('subject').find((one) => one.trim() !== '') ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 2_000),
    date: readDate(texts('date')[0] ?? null),
    returnPath,
    headers: readHeaders(root.fields, charset),
  };
}

/** The first From with an address; a mail without one is still somebody's: Sender, Reply-To, Return-Path. */
function chooseFrom(from: MailAddress[], others: (MailAddress | null)[], returnPath: string | null) {
  const named = from.find((one) => one.address.includes('@')) ?? from.find((one) => one.address !== '');
  if (named) return named;
  const other = others.find((one) => one !== null);
  if (other) return other;
  return returnPath ? { name: from[0]?.name ?? '', address: returnPath } : null;
}

function fieldsNamed(fields: HeaderField[], name: string): Buffer[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}

function bodyCharset(part: MimePart): string | null {
  const own = part.typeParams.get('charset');
  if (own) return own;
  for (const child of part.children) {
    const found = bodyCharset(child);
    if (found) return found;
  }
  return null;
}

function readIds(values: string[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    const bracketed = value.match(/<[^<>]{1,998}>/g);
    const found = bracketed?.map((one) => one.slice(1, -1)) ?? value.split(/[\s,;]+/);
    for (const one of found) {
      const id = one.replace(/\s+/g, '').replace(/^<|>$/g, '');
      if (id !== '' && id.length <= 998 && (bracketed || id.includes('@'))) ids.add(id);
      if (ids.size >= 5_000) return [...ids];
    }
  }
  return [...ids];
}

function cutIds(ids: string[]): string[] {
  return ids.length <= mailLimits.threadIds ? ids : [ids[0]!, ...ids.slice(1 - mailLimits.threadIds)];
}

function readDate(text: string | null): Date | null {
  if (!text) return null;
  const plain = text
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
  const zoned = /([+-]\d{4}|[A-Z]{2,4}|Z)$/.test(plain) ? plain : `${plain} +0000`;
  const millis = Date.parse(zoned.replace(/ UT$/, ' GMT').replace(/(\d) ?[A-Z]{3,4} ([+-]\d{4})$/, '$1 $2'));
  return Number.isNaN(millis) ? null : new Date(millis);
}

function readHeaders(fields: HeaderField[], charset: string | null): Record<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const field of fields) {
    const values = headers.get(field.name) ?? [];
    values.push(
      literal.has(field.name) ? field.value.toString('latin1') : decodeHeader(field.value, charset),
    );
    headers.set(field.name, values);
  }
  return Object.fromEntries(headers);
}

/** Read sign by sign further on. A sender's words stand in them: decoded, they could hold signs of the header's own. */
const literal = new Set(['authentication-results']);
