import { decodeText } from './decode-charset.ts';
import { decodeHeader } from './decode-header.ts';
import { decodeTransfer } from './decode-transfer.ts';
import { firstField, readHeaderFields } from './header-fields.ts';
import { mailLimits } from './mail-limits.ts';
import type { MimePart } from './mime-tree.ts';
import { safeFileName } from './safe-file-name.ts';
import { unflowText } from './unflow-text.ts';

export type MailAttachment = {
  fileName: string | null;
  contentType: string;
  /** Without angle brackets. */
  contentId: string | null;
  disposition: string | null;
  /** Meant to be shown inside the text. */
  inline: boolean;
  bytes: Uint8Array;
};

export type BodyParts = {
  /** null when some shown part came as HTML only. */
  text: string | null;
  html: string | null;
  attachments: MailAttachment[];
};

type Segment = { plain: string | null; html: string | null };

/** Sorts the leaves of a mail into what is read (text, HTML) and what is kept as a file. */
export function readBodyParts(root: MimePart): BodyParts {
  const attachments: MailAttachment[] = [];
  const segments = readSegments(root, { attachments, seenBody: false }, 'multipart/mixed');
  const shown = segments.filter((one) => !isBlank(one.plain) || !isBlank(one.html));
  const hasHtml = shown.some((one) => one.html !== null);
  const htmlOnly = shown.some((one) => isBlank(one.plain));
  return {
    text: htmlOnly ? null : shown.map((one) => one.plain ?? '').join('\n'),
    html: hasHtml ? shown.map((one) => one.html ?? textToHtml(one.plain ?? '')).join('\n') : null,
    attachments,
  };
}

type Reading = { attachments: MailAttachment[]; seenBody: boolean };

function readSegments(part: MimePart, reading: Reading, parentType: string): Segment[] {
  if (part.children.length > 0) {
    const lists = part.children.map((child) => readSegments(child, reading, part.type));
    return part.type === 'multipart/alternative' ? mergeAlternatives(lists) : lists.flat();
  }
  if (parentType === 'multipart/alternative' && otherFaces.has(part.type)) return [];
  if (!isShown(part, reading, parentType)) {
    const attachment = toAttachment(part, parentType);
    if (attachment) reading.attachments.push(attachment);
    return [];
  }
  reading.seenBody = true;
  return [toSegment(part)];
}

function mergeAlternatives(lists: Segment[][]): Segment[] {
  const rich = lists.findLast((list) => list.some((one) => !isBlank(one.html)));
  const plain = lists.find((list) => list !== rich && list.some((one) => !isBlank(one.plain)));
  if (!rich) return plain ?? [];
  return [
    {
      plain: plain ? plain.map((one) => one.plain ?? '').join('\n') : null,
      html: rich.map((one) => one.html ?? textToHtml(one.plain ?? '')).join('\n'),
    },
  ];
}

function isShown(part: MimePart, reading: Reading, parentType: string): boolean {
  if (part.type.startsWith('multipart/')) return part.body.length > 0;
  if (part.type !== 'text/plain' && part.type !== 'text/html' && !isOtherText(part.type)) return false;
  if (part.disposition.value === 'attachment') return false;
  const named = part.disposition.params.has('filename') || part.typeParams.has('name');
  if (!named) return true;
  return !reading.seenBody || parentType === 'multipart/alternative';
}

/** The same words once more, for programs that show them in another way: no files. */
const otherFaces = new Set(['text/x-amp-html', 'text/watch-html']);

const otherTexts = new Set([
  'text/enriched',
  'text/richtext',
  'text/x-amp-html-fallback',
  'text/markdown',
  'text/',
]);
const isOtherText = (type: string) => otherTexts.has(type);

function toSegment(part: MimePart): Segment {
  const bytes = decodeTransfer(part.body, part.encoding);
  const declared = part.typeParams.get('charset') ?? null;
  if (part.type === 'text/html') {
    const html = decodeText(bytes, declared ?? metaCharset(bytes)).slice(0, mailLimits.bodyCharacters);
    return { plain: null, html: html.replace(/\0/g, '') };
  }
  const text = decodeText(bytes, declared).slice(0, mailLimits.bodyCharacters);
  const lines = text.replace(/\r\n?/g, '\n').replace(/\0/g, '');
  const flowed = part.typeParams.get('format')?.toLowerCase() === 'flowed';
  const delSp = part.typeParams.get('delsp')?.toLowerCase() === 'yes';
  const plain = flowed ? unflowText(lines, delSp) : lines;
  if (looksLikeWholeHtml(plain)) return { plain: null, html: plain };
  return { plain, html: null };
}

function looksLikeWholeHtml(text: string) {
  return (
    /^\s*(<!doctype html|<html[\s>])/i.test(text.slice(0, 300)) &&
    /<\/(html|body)>\s*$/i.test(text.slice(-300))
  );
}

function metaCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_000)).toString('latin1');
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w:.-]{2,40})/i.exec(head)?.[1] ?? null;
}

function toAttachment(part: MimePart, parentType: string): MailAttachment | null {
  const bytes = decodeTransfer(part.body, part.encoding);
  const contentId = readContentId(part);
  const fileName = readFileName(part, bytes);
  if (bytes.length === 0 && fileName === null && contentId === null) return null;
  return {
    fileName,
    contentType: part.type,
    contentId,
    disposition: part.disposition.value || null,
    inline: isInline(part, contentId, parentType),
    bytes,
  };
}

function isInline(part: MimePart, contentId: string | null, parentType: string) {
  if (part.disposition.value === 'attachment')
    return contentId !== null && parentType === 'multipart/related';
  return contentId !== null || (part.disposition.value === 'inline' && part.type.startsWith('image/'));
}

function readContentId(part: MimePart): string | null {
  const value = firstField(part.fields, 'content-id');
  if (!value) return null;
  return (
    decodeHeader(value, null)
      .replace(/^\s*<|>\s*$/g, '')
      .trim() || null
  );
}

function readFileName(part: MimePart, bytes: Buffer): string | null {
  const named = part.disposition.params.get('filename') ?? part.typeParams.get('name') ?? null;
  const safe = safeFileName(named);
  if (safe) return safe;
  if (part.type === 'message/rfc822') return messageFileName(bytes);
  if (part.type === 'text/calendar') return 'invite.ics';
  return null;
}

function messageFileName(bytes: Buffer): string {
  const head = bytes.subarray(0, 64_000);
  const subject = firstField(readHeaderFields(head).fields, 'subject');
  const stem = subject ? safeFileName(decodeHeader(subject, null).slice(0, 120)) : null;
  return `${stem ?? 'message'}.eml`;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function textToHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div>${escaped.replace(/\n/g, '<br>')}</div>`;
}
