import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.ts';
import type { MailKey } from './mail-keys.ts';

/** What a token is for; one made for another purpose is no token. */
export type Purpose = 'reply' | 'message' | 'bounce';

export interface TokenContent {
  ticketId: number;
  outgoingId: number;
}

const idBytes = 6;
const macBytes = 16;
/** Key id, ticket, outgoing mail, 128 bits of HMAC-SHA-256; always the same number of characters. */
export const tokenLength = Math.ceil(((1 + idBytes + idBytes + macBytes) * 8) / 5);

/** Signs for one purpose and one inbox; `keys` newest first. */
export function signToken(keys: MailKey[], purpose: Purpose, inboxId: number, content: TokenContent): string {
  const key = keys[0];
  if (!key) throw new Error('there is no key to sign mail with');
  return signWith(key, purpose, inboxId, content);
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
  if (token.length !== tokenLength) return null;
  const bytes = fromBase32(token);
  const key = bytes && keys.find((one) => one.id === bytes[0]);
  if (!bytes || !key) return null;
  const content = {
    ticketId: bytes.readUIntBE(1, idBytes),
    outgoingId: bytes.readUIntBE(1 + idBytes, idBytes),
  };
  const expected = Buffer.from(signWith(key, purpose, inboxId, content), 'latin1');
  const given = Buffer.from(token, 'latin1');
  return given.length === expected.length && timingSafeEqual(given, expected) ? content : null;
}

function signWith(key: MailKey, purpose: Purpose, inboxId: number, content: TokenContent): string {
  const head = Buffer.alloc(1 + idBytes + idBytes);
  head.writeUInt8(key.id, 0);
  head.writeUIntBE(content.ticketId, 1, idBytes);
  head.writeUIntBE(content.outgoingId, 1 + idBytes, idBytes);
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
