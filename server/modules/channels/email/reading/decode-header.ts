import { decodeText, isSevenBit } from './decode-charset.ts';

/** A header value as text: raw 8-bit bytes by their real charset, no encoded words read yet. */
export function headerBytesToText(value: Buffer, bodyCharset: string | null): string {
  const text = isSevenBit(value) ? decodeText(value, 'us-ascii') : decodeText(value, bodyCharset);
  return withoutControls(text);
}

/** NUL and line breaks, plain or smuggled in an encoded word, may never reach a later header or the database. */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}+/gu, (run) => (/[\t\r\n]/.test(run) ? ' ' : ''));
}

export function decodeHeader(value: Buffer, bodyCharset: string | null): string {
  return withoutControls(decodeWords(headerBytesToText(value, bodyCharset)));
}

type Piece = { text: string } | { charset: string; chunks: Buffer[] };

/** RFC 2047 words in any text, neighbours of one charset joined before they are decoded. Linear time. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const pieces: Piece[] = [];
  let position = 0;
  let scan = 0;
  for (;;) {
    const start = text.indexOf('=?', scan);
    if (start === -1) break;
    const word = readWord(text, start);
    if (word === 'none left') break;
    if (word === null) {
      scan = start + 2;
      continue;
    }
    pushText(pieces, text.slice(position, start), true);
    pushWord(pieces, word);
    position = word.end;
    scan = word.end;
  }
  pushText(pieces, text.slice(position), false);
  return pieces
    .map((piece) => ('text' in piece ? piece.text : decodeText(Buffer.concat(piece.chunks), piece.charset)))
    .join('');
}

type Word = { charset: string; bytes: Buffer; end: number };

function readWord(text: string, start: number): Word | 'none left' | null {
  const head = /^=\?([^?\s=]{1,60})\?([bBqQ])\?/.exec(text.slice(start, start + 70));
  if (!head) return null;
  const from = start + head[0].length;
  const end = text.indexOf('?=', from);
  if (end === -1) return 'none left';
  const next = text.indexOf('=?', from);
  if (next !== -1 && next + 1 < end) return null;
  const payload = text.slice(from, end);
  const bytes = head[2]!.toLowerCase() === 'b' ? Buffer.from(payload, 'base64') : decodeQ(payload);
  return { charset: head[1]!.replace(/\*.*$/, ''), bytes, end: end + 2 };
}

function decodeQ(payload: string): Buffer {
  const text = payload
    .replace(/_/g, ' ')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return hasWide(text) ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1');
}

function hasWide(text: string) {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 255) return true;
  return false;
}

function pushText(pieces: Piece[], text: string, beforeWord: boolean) {
  if (text === '') return;
  const last = pieces.at(-1);
  if (beforeWord && last && 'chunks' in last && text.trim() === '') return;
  pieces.push({ text });
}

function pushWord(pieces: Piece[], word: Word) {
  const last = pieces.at(-1);
  if (last && 'chunks' in last && last.charset.toLowerCase() === word.charset.toLowerCase()) {
    last.chunks.push(word.bytes);
    return;
  }
  pieces.push({ charset: word.charset, chunks: [word.bytes] });
}
