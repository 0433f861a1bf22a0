import { addressKey } from './address-key.ts';
import { noReplyLocalPart } from './reading/machine-words.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { fromAddressOf } from './screen-mail.ts';
import { readSenderTrust, type SenderTrust } from './sender-trust.ts';

/** Who a mail is from, by the address customers are known by, and how far that is proved. */
export interface MailSender extends SenderTrust {
  address: string;
  name: string;
}

type Writer = Pick<MailSender, 'address' | 'name'>;

/**
 * Its From; but where only a machine reads that, as with a form on a web page or at one of our own addresses, the person
 * whom it asks to answer. A From that is no address leaves the envelope's; the address is '' when that is none either.
 */
export function readSender(
  letter: ReadMail,
  envelopeFrom: string,
  ownAddresses: ReadonlySet<string>,
  trustedId: string | null,
): MailSender {
  const address = addressKey(fromAddressOf(letter)) ?? addressKey(envelopeFrom) ?? '';
  const from = { address, name: letter.mail.from?.name ?? '' };
  const proved = readSenderTrust(letter.mail.headers, fromAddressOf(letter), trustedId);
  const behind = writerBehind(letter, ownAddresses);
  if (!behind) return { ...from, ...proved };
  // Who proves to be the machine proves nothing of whom it names.
  return { ...behind, ...proved, trust: proved.trust === 'pass' ? 'unknown' : proved.trust };
}

/** All addresses that a mail may turn out to be from. */
export function possibleSenders(letter: ReadMail, envelopeFrom: string): string[] {
  const behind = namedBehind(letter).map(({ address }) => addressKey(address));
  const all = [fromAddressOf(letter), addressKey(envelopeFrom), ...behind];
  return all.flatMap((address) => address || []);
}

function writerBehind(letter: ReadMail, ownAddresses: ReadonlySet<string>): Writer | null {
  const from = fromAddressOf(letter);
  if (!takesNoReplies(from) && !ownAddresses.has(withoutPlus(from))) return null;
  const people = namedBehind(letter).map(({ address, name }) => ({ address: addressKey(address), name }));
  const [first] = people.filter(
    (one): one is Writer =>
      one.address !== null && !takesNoReplies(one.address) && !ownAddresses.has(withoutPlus(one.address)),
  );
  return first ?? null;
}

/** Whom it asks to answer, and whom a list names that wrote its own address over theirs. */
function namedBehind({ mail }: ReadMail): { address: string; name: string }[] {
  const written = mail.headers['x-original-sender']?.[0]?.trim() ?? '';
  return [...mail.replyTo.slice(0, 10), { address: written, name: '' }];
}

const takesNoReplies = (address: string): boolean =>
  noReplyLocalPart.test(address.slice(0, Math.max(0, address.lastIndexOf('@'))));

const withoutPlus = (address: string): string => address.replace(/\+[^@]*@/, '@');
