import { MailRefusal, mailLimits } from './mail-limits.ts';

/** One header field as it stood in the mail: lower-case name, unfolded value, bytes not yet decoded. */
export type HeaderField = { name: string; value: Buffer };

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const namePattern = /^[!-9;-~]{1,200}$/;

/** Reads the header block that starts at `from`. `bodyStart` is the offset of the first body byte. */
export function readHeaderFields(
  raw: Buffer,
  from = 0,
  until = raw.length,
): { fields: HeaderField[]; bodyStart: number } {
  const fields: HeaderField[] = [];
  let lines: Buffer[] = [];
  let position = from + byteOrderMark(raw, from);
  const flush = () => {
    const field = toField(lines);
    if (field) fields.push(field);
    lines = [];
  };
  while (position < until) {
    const end = lineEnd(raw, position, until);
    const line = withoutLineBreak(raw, position, end);
    if (line.length === 0) {
      flush();
      return { fields, bodyStart: end };
    }
    const folded = line[0] === SPACE || line[0] === TAB;
    if (!folded && !isFieldStart(line)) {
      const begun = fields.length > 0 || lines.length > 0;
      // A mbox "From " line is skipped, a continuation that lost its indent is kept with its field;
      // anything else is a body that began without its empty line.
      if (begun && !looksLikeBrokenHeader(line) && headersGoOn(raw, end, until)) lines.push(line);
      else if (!looksLikeBrokenHeader(line)) {
        flush();
        return { fields, bodyStart: position };
      }
    } else if (folded) {
      if (lines.length > 0) lines.push(line);
    } else {
      flush();
      lines.push(line);
    }
    position = end;
    assertWithinLimits(position - from, fields.length);
  }
  flush();
  return { fields, bodyStart: until };
}

function byteOrderMark(raw: Buffer, from: number) {
  return raw[from] === 0xef && raw[from + 1] === 0xbb && raw[from + 2] === 0xbf ? 3 : 0;
}

function assertWithinLimits(bytes: number, count: number) {
  if (bytes > mailLimits.headerBlockBytes) {
    throw new MailRefusal('header_too_large', `more than ${mailLimits.headerBlockBytes} bytes of headers`);
  }
  if (count > mailLimits.headerFields) {
    throw new MailRefusal('header_too_large', `more than ${mailLimits.headerFields} header fields`);
  }
}

export function lineEnd(raw: Buffer, from: number, until: number) {
  const found = raw.indexOf(LF, from);
  return found === -1 || found >= until ? until : found + 1;
}

function withoutLineBreak(raw: Buffer, from: number, end: number) {
  let stop = end;
  if (stop > from && raw[stop - 1] === LF) stop -= 1;
  while (stop > from && raw[stop - 1] === CR) stop -= 1;
  return raw.subarray(from, stop);
}

function isFieldStart(line: Buffer) {
  const colon = line.indexOf(COLON);
  return colon > 0 && colon <= 200 && namePattern.test(line.toString('latin1', 0, colon).trimEnd());
}

const wellKnown =
  /^(from|to|cc|subject|date|message-id|received|mime-version|content-[\w-]+|references|in-reply-to|return-path|x-[\w-]+):/i;
const lookAheadLines = 40;

function headersGoOn(raw: Buffer, from: number, until: number): boolean {
  let position = from;
  for (let count = 0; count < lookAheadLines && position < until; count += 1) {
    const end = lineEnd(raw, position, until);
    const line = withoutLineBreak(raw, position, end);
    if (line.length === 0) return false;
    if (wellKnown.test(line.toString('latin1', 0, 60))) return true;
    position = end;
  }
  return false;
}

function looksLikeBrokenHeader(line: Buffer) {
  const text = line.toString('latin1', 0, 200);
  return (
    /^>?From /.test(text) ||
    /^[\w-]+ ?[\w-]*\s*:|^[^\s:]{1,60}:(?!\/\/)/.test(text) ||
    /^(HELO|EHLO) \S+$|^DATA$/.test(text) ||
    line[0] === COLON
  );
}

function toField(lines: Buffer[]): HeaderField | null {
  const first = lines[0];
  if (!first) return null;
  const colon = first.indexOf(COLON);
  const name = first.toString('latin1', 0, colon).trim().toLowerCase();
  // Records are keyed by name further on.
  if (name === '__proto__') return null;
  const pieces = [first.subarray(colon + 1), ...lines.slice(1)];
  const value = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  return { name, value: trimSpace(value) };
}

function trimSpace(value: Buffer) {
  let start = 0;
  let end = value.length;
  while (start < end && (value[start] === SPACE || value[start] === TAB)) start += 1;
  while (end > start && (value[end - 1] === SPACE || value[end - 1] === TAB)) end -= 1;
  return value.subarray(start, end);
}

export function firstField(fields: HeaderField[], name: string): Buffer | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}
