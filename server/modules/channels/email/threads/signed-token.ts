import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.ts';
import type { MailKey } from './mail-keys.ts';

/** What a token is for; one made for another purpose is no token. */
export type Purpose = 'reply' | 'message' | 'bounce';

export interface TokenContent {
  ticketId: number;
  outgoingId: number;
}

const macBytes = 16;
/** Both ids take as many bytes as the larger needs. The widest came first: mails with it are out there. */
const idWidths = [2, 3, 4, 5, 6];

/** Key id, ticket, outgoing mail, 128 bits of HMAC-SHA-256; the length says how wide the ids are. */
const tokenLengthOf = (width: number): number => Math.ceil(((1 + 2 * width + macBytes) * 8) / 5);
const widthOfLength = new Map(idWidths.map((width) => [tokenLengthOf(width), width]));

/** Signs for one purpose and one inbox; `keys` newest first. */
export function signToken(keys: MailKey[], purpose: Purpose, inboxId: number, content: TokenContent): string {
  const key = keys[0];
  if (!key) throw new Error('there is no key to sign mail with');
  return signWith(key, { purpose, inboxId, content, width: widthFor(content) });
}

/**
 * Null unless the token was signed by us for exactly this purpose and inbox. The whole token is made anew and
 * compared, so that no second spelling of the same bytes passes.
 */
export function readToken(
  keys: MailKey[],
  purpose: Purpose,
  inboxId: number,
  token: string,
): TokenContent | null {
  const width = widthOfLength.get(token.length);
  const bytes = width === undefined ? null : fromBase32(token);
  const key = bytes && keys.find((one) => one.id === bytes[0]);
  if (!width || !bytes || !key) return null;
  const content = {
    ticketId: bytes.readUIntBE(1, width),
    outgoingId: bytes.readUIntBE(1 + width, width),
  };
  const expected = Buffer.from(signWith(key, { purpose, inboxId, content, width }), 'latin1');
  const given = Buffer.from(token, 'latin1');
  return given.length === expected.length && timingSafeEqual(given, expected) ? content : null;
}

function widthFor({ ticketId, outgoingId }: TokenContent): number {
  const largest = Math.max(ticketId, outgoingId);
  const width = idWidths.find((bytes) => largest < 256 ** bytes);
  if (width === undefined) throw new RangeError('an id is too large for a token');
  return width;
}

interface Signed {
  purpose: Purpose;
  inboxId: number;
  content: TokenContent;
  width: number;
}

function signWith(key: MailKey, { purpose, inboxId, content, width }: Signed): string {
  const head = Buffer.alloc(1 + 2 * width);
  head.writeUInt8(key.id, 0);
  head.writeUIntBE(content.ticketId, 1, width);
  head.writeUIntBE(content.outgoingId, 1 + width, width);
  const mac = createHmac('sha256', preparedKey(key.secret))
    .update(`${purpose}:${inboxId}:`)
    .update(head)
    .digest();
  return toBase32(Buffer.concat([head, mac.subarray(0, macBytes)]));
}

const prepared = new Map<string, KeyObject>();

/** Making a key of its bytes costs more than signing with it. */
function preparedKey(secret: Buffer): KeyObject {
  const bytes = secret.toString('latin1');
  const known = prepared.get(bytes) ?? createSecretKey(secret);
  prepared.set(bytes, known);
  return known;
}
