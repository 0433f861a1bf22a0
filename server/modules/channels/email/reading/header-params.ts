import { decodeText } from './decode-charset.ts';
import { decodeWords } from './decode-header.ts';

export type HeaderParams = { value: string; params: Map<string, string> };

/** `text/plain; charset=x; name*0*=…` with RFC 2231 pieces joined and encoded words read. Linear time. */
export function readHeaderParams(text: string): HeaderParams {
  const raw = splitParams(text);
  const value = (raw.shift()?.value ?? '').trim().toLowerCase();
  const params = new Map<string, string>();
  const pieces = new Map<string, Map<number, { encoded: boolean; value: string }>>();
  for (const { name, value: paramValue } of raw) {
    const continued = /^([^*]+)\*(\d{1,4})?(\*)?$/.exec(name);
    if (!continued) {
      if (!params.has(name)) params.set(name, decodeWords(paramValue));
      continue;
    }
    const key = continued[1]!;
    const list = pieces.get(key) ?? new Map<number, { encoded: boolean; value: string }>();
    const encoded = continued[3] === '*' || continued[2] === undefined;
    list.set(Number(continued[2] ?? 0), { encoded, value: paramValue });
    pieces.set(key, list);
  }
  for (const [key, list] of pieces) params.set(key, joinPieces(list));
  return { value, params };
}

function joinPieces(list: Map<number, { encoded: boolean; value: string }>): string {
  let charset = 'utf-8';
  const bytes: Buffer[] = [];
  let first = true;
  for (const [, piece] of [...list].sort((a, b) => a[0] - b[0])) {
    let value = piece.value;
    if (first && piece.encoded) {
      const mark = /^([\w.:-]*)'([\w-]*)'/.exec(value);
      if (mark) {
        charset = mark[1] || 'utf-8';
        value = value.slice(mark[0].length);
      }
    }
    first = false;
    bytes.push(piece.encoded ? percentBytes(value) : Buffer.from(value, 'utf8'));
  }
  const text = decodeText(Buffer.concat(bytes), charset);
  return text.includes('=?') ? decodeWords(text) : text;
}

function percentBytes(value: string): Buffer {
  if (!value.includes('%')) return Buffer.from(value, 'utf8');
  const out: Buffer[] = [];
  let position = 0;
  for (const match of value.matchAll(/%([0-9a-fA-F]{2})/g)) {
    if (match.index > position) out.push(Buffer.from(value.slice(position, match.index), 'utf8'));
    out.push(Buffer.from([Number.parseInt(match[1]!, 16)]));
    position = match.index + 3;
  }
  out.push(Buffer.from(value.slice(position), 'utf8'));
  return Buffer.concat(out);
}

/** Splits at semicolons outside quotes; the first entry is the plain value (its name is ''). */
function splitParams(text: string): { name: string; value: string }[] {
  const out: { name: string; value: string }[] = [];
  let current = '';
  let quoted = false;
  const push = () => {
    out.push(toParam(current, out.length === 0));
    current = '';
  };
  for (let index = 0; index < text.length && out.length < 200; index += 1) {
    const character = text[index]!;
    if (quoted && character === '\\' && index + 1 < text.length) {
      current += text[index + 1]!;
      index += 1;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === ';' && !quoted) {
      push();
    } else {
      current += character;
    }
  }
  push();
  return out;
}

function toParam(text: string, isValue: boolean) {
  if (isValue) return { name: '', value: text };
  const at = text.indexOf('=');
  if (at === -1) return { name: text.trim().toLowerCase(), value: '' };
  return { name: text.slice(0, at).trim().toLowerCase(), value: text.slice(at + 1).trim() };
}
