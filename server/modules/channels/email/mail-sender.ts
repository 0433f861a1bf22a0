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

/** Its From; but where only a machine reads that, as with a form on a web page, the person whom it asks to answer. */
export function readSender(
  letter: ReadMail,
  ownAddresses: ReadonlySet<string>,
  trustedId: string | null,
): MailSender {
  const from = { address: fromAddressOf(letter), name: letter.mail.from?.name ?? '' };
  const proved = readSenderTrust(letter.mail.headers, from.address, trustedId);
  const behind = writerBehind(letter);
  if (!behind || ownAddresses.has(withoutPlus(behind.address))) return { ...from, ...proved };
  // Who proves to be the machine proves nothing of whom it names.
  return { ...behind, ...proved, trust: proved.trust === 'pass' ? 'unknown' : proved.trust };
}

/** All addresses that a mail may turn out to be from. */
export function possibleSenders(letter: ReadMail): string[] {
  return [fromAddressOf(letter), writerBehind(letter)?.address ?? ''].filter((address) => address !== '');
}

function writerBehind(letter: ReadMail): Writer | null {
  if (!takesNoReplies(fromAddressOf(letter))) return null;
  const people = letter.mail.replyTo.map(({ address, name }) => ({ address: addressKey(address), name }));
  const [first] = people.filter((one): one is Writer => one.address !== null && !takesNoReplies(one.address));
  return first ?? null;
}

const takesNoReplies = (address: string): boolean =>
  noReplyLocalPart.test(address.slice(0, Math.max(0, address.lastIndexOf('@'))));

const withoutPlus = (address: string): string => address.replace(/\+[^@]*@/, '@');
