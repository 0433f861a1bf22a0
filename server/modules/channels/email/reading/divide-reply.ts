import type { LineKind } from './reply-lines.ts';
import { isSentFrom } from './reply-patterns.ts';

export type LinePart = 'visible' | 'signature' | 'quote';

const maxSignatureLines = 18;
const signatureReach = maxSignatureLines + 40;

/**
 * Says of each line whether it is the writer's own, their signature or the mail they answer. A quote between
 * answers stays visible, since the answers need it; a mail that is nothing but a quote stays visible too.
 */
export function divideReply(lines: string[], kinds: LineKind[], options: { isForward: boolean }): LinePart[] {
  const end = findQuoteStart(lines, kinds, options.isForward);
  const parts: LinePart[] = lines.map((_, index) => (index < end ? 'visible' : 'quote'));
  const bottom = foldTail(lines, kinds, parts, end);
  foldIntros(kinds, parts, bottom);
  const isEmpty = !parts.some((part, index) => part === 'visible' && kinds[index] !== 'blank');
  if (isEmpty) return lines.map(() => 'visible');
  markSignature(lines, parts, bottom);
  return parts;
}

/** The first line that belongs to the earlier mail and after which nothing of the writer's comes. */
function findQuoteStart(lines: string[], kinds: LineKind[], isForward: boolean): number {
  let seenText = false;
  for (let index = 0; index < lines.length; index += 1) {
    const kind = kinds[index];
    if (kind === 'forward' && isForward) break;
    const opens = kind === 'rest' || kind === 'forward' || (kind === 'intro' && !isQuotedAfter(kinds, index));
    if (opens && seenText) return index;
    if (kind === 'text' && !isSentFrom(lines[index]!)) seenText = true;
  }
  return lines.length;
}

function isQuotedAfter(kinds: LineKind[], index: number) {
  let next = index + 1;
  while (kinds[next] === 'intro' || kinds[next] === 'blank') next += 1;
  return kinds[next] === 'quoted';
}

/** Folds the quote at the bottom, also one with a signature below it. Answers where the own text ends. */
function foldTail(lines: string[], kinds: LineKind[], parts: LinePart[], end: number): number {
  const bottom = dropTrailing(kinds, end);
  parts.fill('quote', bottom, end);
  const start = findSignature(lines, bottom);
  if (start === bottom) return bottom;
  const above = dropTrailing(kinds, start);
  if (above === 0 || !kinds.slice(above, start).includes('quoted')) return bottom;
  parts.fill('quote', above, start);
  parts.fill('signature', start, bottom);
  return above;
}

function dropTrailing(kinds: LineKind[], from: number): number {
  let end = from;
  while (end > 0 && kinds[end - 1] !== 'text') end -= 1;
  return end;
}

/** An intro goes; with the quote under it when both stand above all own text. */
function foldIntros(kinds: LineKind[], parts: LinePart[], end: number) {
  const opener = kinds.findIndex((kind) => kind !== 'blank');
  const firstText = kinds.indexOf('text');
  if (kinds[opener] === 'intro' && isQuotedAfter(kinds, opener) && firstText < end)
    parts.fill('quote', 0, firstText);
  for (let index = 0; index < end; index += 1) if (kinds[index] === 'intro') parts[index] = 'quote';
}

function markSignature(lines: string[], parts: LinePart[], end: number) {
  const first = parts.findIndex((part, index) => part === 'visible' && lines[index]!.trim() !== '');
  let start = findSignature(lines, end);
  if (start >= end || start <= first) return;
  while (start > first + 1 && lines[start - 1]!.trim() === '') start -= 1;
  for (let index = start; index < end; index += 1) if (parts[index] === 'visible') parts[index] = 'signature';
}

/** Index of the line that opens the signature, or `end`. */
function findSignature(lines: string[], end: number): number {
  for (let index = Math.max(1, end - signatureReach); index < end; index += 1) {
    const line = lines[index]!;
    if (isSentFrom(line)) return index;
    if (line.length > 120 || !/^\s*(--|—|–|__+|-- )\s*$/.test(line)) continue;
    const after = lines.slice(index + 1, end).filter((one) => one.trim() !== '').length;
    if (after <= maxSignatureLines) return index;
  }
  return end;
}
