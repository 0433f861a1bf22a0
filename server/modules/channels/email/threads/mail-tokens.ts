import { asciiDomain } from '../ascii-domain.ts';
import type { MailKey } from './mail-keys.ts';
import { readToken, signToken, type TokenContent } from './signed-token.ts';

/**
 * Where our tokens stand: in the plus part of an inbox address, and in our Message-IDs. An inbox whose address is too
 * long for the first has the second alone.
 */

/** RFC 5321, 4.5.3.1: some servers refuse, others cut, what is longer. */
const longestLocalPart = 64;
const longestAddress = 254;

interface InboxAt {
  id: number;
  address: string;
}

/** The inbox's plain address where there is no room: our Message-ID tells the ticket then. */
export function replyAddress(keys: MailKey[], inbox: InboxAt, content: TokenContent): string {
  return plusAddress(inbox.address, `t${signToken(keys, 'reply', inbox.id, content)}`);
}

export function bounceAddress(keys: MailKey[], inbox: InboxAt, content: TokenContent): string {
  return plusAddress(inbox.address, `b${signToken(keys, 'bounce', inbox.id, content)}`);
}

/** Without angle brackets. */
export function signedMessageId(keys: MailKey[], inbox: InboxAt, content: TokenContent): string {
  return `firstline.${signToken(keys, 'message', inbox.id, content)}@${domainOf(inbox.address)}`;
}

export function readMessageIdToken(keys: MailKey[], inboxId: number, messageId: string): TokenContent | null {
  const found = /^firstline\.([^@]*)@/.exec(messageId);
  return found ? readToken(keys, 'message', inboxId, found[1] ?? '') : null;
}

export interface PlusToken {
  purpose: 'reply' | 'bounce';
  content: TokenContent;
}

export function readPlusToken(keys: MailKey[], inboxId: number, plus: string): PlusToken | null {
  const purpose = plus[0] === 't' ? 'reply' : plus[0] === 'b' ? 'bounce' : null;
  const content = purpose && readToken(keys, purpose, inboxId, plus.slice(1));
  return purpose && content ? { purpose, content } : null;
}

/** `support+abc@x.org` is the address `support@x.org` with the plus part `abc`. */
export function splitAddress(address: string): { address: string; plus: string | null } {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = asciiDomain(address.slice(at + 1));
  const plus = local.indexOf('+');
  if (plus < 0) return { address: `${local.toLowerCase()}@${domain}`, plus: null };
  return { address: `${local.slice(0, plus).toLowerCase()}@${domain}`, plus: local.slice(plus + 1) };
}

function plusAddress(address: string, plus: string): string {
  const local = `${address.slice(0, address.lastIndexOf('@'))}+${plus}`;
  const full = `${local}@${domainOf(address)}`;
  return local.length > longestLocalPart || full.length > longestAddress ? address : full;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
