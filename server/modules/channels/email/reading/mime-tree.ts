import { decodeText } from './decode-charset.ts';
import { headerBytesToText } from './decode-header.ts';
import { firstField, type HeaderField, lineEnd, readHeaderFields } from './header-fields.ts';
import { type HeaderParams, readHeaderParams } from './header-params.ts';
import { MailRefusal, mailLimits } from './mail-limits.ts';

export type MimePart = {
  fields: HeaderField[];
  /** Lower case, `text/plain` when nothing usable is declared. */
  type: string;
  typeParams: Map<string, string>;
  disposition: HeaderParams;
  encoding: string;
  /** Transfer-encoded bytes of a leaf, empty for a multipart. */
  body: Buffer;
  children: MimePart[];
};

type Open = { part: MimePart; boundary: string };

/**
 * Splits a mail into its parts in one pass over the lines. Nested messages stay whole: they are a leaf.
 * Refuses too many parts and too deep a nesting before anything is decoded.
 */
export function readMimeTree(raw: Buffer): MimePart {
  const head = readHeaderFields(raw);
  const root = toPart(head.fields);
  const stack: Open[] = [];
  const boundaries = new Map<string, number[]>();
  let parts = 1;
  let leaf: { part: MimePart; from: number } | null = null;
  const open = (part: MimePart, from: number) => {
    parts += 1;
    if (parts > mailLimits.parts) throw new MailRefusal('too_many_parts', `more than ${mailLimits.parts}`);
    const boundary = part.typeParams.get('boundary');
    if (!part.type.startsWith('multipart/') || !boundary) {
      leaf = { part, from };
      return;
    }
    if (stack.length >= mailLimits.depth)
      throw new MailRefusal('too_deep', `deeper than ${mailLimits.depth}`);
    const key = boundary.trimEnd();
    boundaries.set(key, [...(boundaries.get(key) ?? []), stack.length]);
    stack.push({ part, boundary: key });
  };
  const closeLeaf = (end: number) => {
    if (leaf) leaf.part.body = raw.subarray(leaf.from, Math.max(leaf.from, end));
    leaf = null;
  };
  const popTo = (level: number) => {
    while (stack.length > level) {
      const gone = stack.pop()!;
      const levels = boundaries.get(gone.boundary)!;
      levels.pop();
      if (levels.length === 0) boundaries.delete(gone.boundary);
    }
  };
  open(root, head.bodyStart);
  let position = head.bodyStart;
  while (position < raw.length && stack.length > 0) {
    const end = lineEnd(raw, position, raw.length);
    const mark = readBoundaryLine(raw, position, end, boundaries);
    if (!mark) {
      position = end;
      continue;
    }
    closeLeaf(beforeLineBreak(raw, position));
    popTo(mark.level + (mark.closing ? 0 : 1));
    position = end;
    const parent = stack[mark.level]?.part;
    if (mark.closing || !parent) continue;
    const next = readHeaderFields(raw, end, raw.length);
    const inner = nextBoundary(raw, end, next.bodyStart, boundaries);
    const part = inner === -1 ? toPart(next.fields, parent.type) : toPart([], parent.type);
    parent.children.push(part);
    // A boundary right inside the headers: the part has no body of its own.
    position = inner === -1 ? next.bodyStart : inner;
    open(part, position);
  }
  closeLeaf(raw.length);
  return root.children.length === 0 && root.body.length === 0 ? asLeaf(root, raw, head.bodyStart) : root;
}

/** A multipart whose boundary never comes: its text is still the customer's words. */
function asLeaf(root: MimePart, raw: Buffer, from: number): MimePart {
  if (!root.type.startsWith('multipart/')) return root;
  return { ...root, type: 'text/plain', body: raw.subarray(from) };
}

function nextBoundary(raw: Buffer, from: number, until: number, boundaries: Map<string, number[]>) {
  let position = from;
  while (position < until) {
    const end = lineEnd(raw, position, raw.length);
    if (readBoundaryLine(raw, position, end, boundaries)) return position;
    position = end;
  }
  return -1;
}

const DASH = 45;

function readBoundaryLine(raw: Buffer, from: number, end: number, boundaries: Map<string, number[]>) {
  if (raw[from] !== DASH || raw[from + 1] !== DASH || end - from > 400) return null;
  const line = raw.toString('latin1', from + 2, end).trimEnd();
  const plain = boundaries.get(line);
  if (plain) return { level: plain.at(-1)!, closing: false };
  if (!line.endsWith('--')) return null;
  const closing = boundaries.get(line.slice(0, -2).trimEnd());
  return closing ? { level: closing.at(-1)!, closing: true } : null;
}

function beforeLineBreak(raw: Buffer, position: number) {
  let end = position;
  if (raw[end - 1] === 10) end -= 1;
  if (raw[end - 1] === 13) end -= 1;
  return end;
}

function toPart(fields: HeaderField[], parentType = ''): MimePart {
  const typeText = fieldText(fields, 'content-type');
  const read = readHeaderParams(typeText);
  const fallback = parentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  return {
    fields,
    type: normalizeType(read.value) ?? fallback,
    typeParams: read.params,
    disposition: readHeaderParams(fieldText(fields, 'content-disposition')),
    encoding: fieldText(fields, 'content-transfer-encoding').replace(/;.*$/, ''),
    body: Buffer.alloc(0),
    children: [],
  };
}

function normalizeType(value: string): string | null {
  const match = /^([\w!#$&^.+-]{1,60})\/([\w!#$&^.+-]{1,100})/.exec(value.trim());
  if (match) return `${match[1]}/${match[2]}`;
  if (value.trim() === 'text' || value.trim() === '') return null;
  if (/^multipart\b/.test(value)) return 'multipart/mixed';
  return value.trim() === 'html' ? 'text/html' : null;
}

function fieldText(fields: HeaderField[], name: string): string {
  const value = firstField(fields, name);
  if (!value) return '';
  return value.length > 20_000 ? decodeText(value.subarray(0, 20_000), null) : headerBytesToText(value, null);
}
