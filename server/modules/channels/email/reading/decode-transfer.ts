import { isSevenBit } from './decode-charset.ts';

const EQUALS = 61;

/**
 * Undoes the transfer encoding. What is declared is tried first; a wrong declaration (base64 around plain
 * words, an unknown name) leaves the bytes as they were.
 */
export function decodeTransfer(body: Buffer, declared: string): Buffer {
  const name = declared.toLowerCase().replace(/["'\s]/g, '');
  if (name === 'base64') return decodeBase64(body);
  if (name === 'quoted-printable' || name === 'quotedprintable') return decodeQuotedPrintable(body);
  if (/^(x-)?uue(ncode)?(d)?$/.test(name)) return decodeUu(body) ?? body;
  return body;
}

function decodeBase64(body: Buffer): Buffer {
  if (!looksLikeBase64(body)) return body;
  const text = body.toString('latin1');
  const padding = /=[A-Za-z0-9+/]/.test(text.replace(/\s+/g, ''));
  if (!padding) return Buffer.from(text, 'base64');
  // Several base64 texts one after the other, each with its own padding.
  const pieces = text.replace(/[^A-Za-z0-9+/=]/g, '').match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}

function looksLikeBase64(body: Buffer): boolean {
  const head = body.subarray(0, 4_000);
  if (!isSevenBit(head)) return false;
  const text = head.toString('latin1').replace(/\s+$/, '');
  const spaces = text.match(/[^\s] +[^\s]/g)?.length ?? 0;
  const odd = text.match(/[^A-Za-z0-9+/=\s]/g)?.length ?? 0;
  return odd + spaces <= 3 + text.length * 0.02;
}

function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let index = 0;
  while (index < body.length) {
    const byte = body[index]!;
    if (byte === EQUALS) {
      const high = hexDigit(body[index + 1]);
      const low = hexDigit(body[index + 2]);
      if (high !== -1 && low !== -1) {
        out[length++] = high * 16 + low;
        index += 3;
        continue;
      }
      const skip = softBreak(body, index);
      if (skip > 0) {
        index += skip;
        continue;
      }
    }
    out[length++] = byte;
    index += 1;
  }
  return out.subarray(0, length);
}

/** Length of `=` + blanks + line break at `index`, 0 when it is no soft break. */
function softBreak(body: Buffer, index: number) {
  let end = index + 1;
  while (end < body.length && end - index < 80 && (body[end] === 32 || body[end] === 9)) end += 1;
  if (end >= body.length) return end - index;
  if (body[end] === 13 && body[end + 1] === 10) return end + 2 - index;
  return body[end] === 10 || body[end] === 13 ? end + 1 - index : 0;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  if (byte >= 97 && byte <= 102) return byte - 87;
  return -1;
}

/** The first uuencoded file in the bytes, or null. */
function decodeUu(body: Buffer): Buffer | null {
  const lines = body.toString('latin1').split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin [0-7]{3,4} .+/.test(line));
  if (begin === -1) return null;
  const out: number[] = [];
  for (const line of lines.slice(begin + 1)) {
    if (/^end\s*$/.test(line)) return Buffer.from(out);
    decodeUuLine(line, out);
  }
  return null;
}

function decodeUuLine(line: string, out: number[]) {
  const count = (line.charCodeAt(0) - 32) & 63;
  const start = out.length;
  for (let index = 1; out.length - start < count && index < line.length; index += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((offset) => ((line.charCodeAt(index + offset) || 32) - 32) & 63);
    out.push(((a! << 2) | (b! >> 4)) & 255, ((b! << 4) | (c! >> 2)) & 255, ((c! << 6) | d!) & 255);
  }
  if (count > 0) out.length = Math.min(out.length, start + count);
}
