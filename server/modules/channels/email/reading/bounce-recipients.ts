import { delayedWords } from './machine-words.ts';
import type { ParsedMail } from './read-message.ts';

export type FailedRecipient = {
  address: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  action: string;
  /** Enhanced code `5.1.1`, or '' when the mail names none. */
  status: string;
  /** The address will never work: do not write to it again. */
  hard: boolean;
};

const maxTextCharacters = 30_000;
const maxRecipients = 200;

/** Who was not reached, from the machine-readable part, or from headers and text when there is none. */
export function readFailedRecipients(mail: ParsedMail): FailedRecipient[] {
  const fromBlocks = (mail.report?.blocks ?? []).flatMap((block) => readBlock(block));
  const found = fromBlocks.length > 0 ? fromBlocks : readFromText(mail);
  const seen = new Map(found.map((one) => [one.address.toLowerCase(), one]));
  return [...seen.values()].slice(0, maxRecipients);
}

function readBlock(block: Record<string, string[]>): FailedRecipient[] {
  const named = block['final-recipient'] ?? block['original-recipient'] ?? block['x-actual-recipient'];
  const address = readAddress(named?.[0] ?? '') || readAddress(block['original-recipient']?.[0] ?? '');
  if (address === '') return [];
  const action =
    (block.action?.[0] ?? 'failed')
      .trim()
      .toLowerCase()
      .split(/[\s;(]/)[0] || 'failed';
  const diagnostic = (block['diagnostic-code'] ?? []).join(' ').slice(0, 2_000);
  const status = chooseStatus(readStatus(block.status?.[0] ?? ''), diagnostic);
  return [{ address, action, status, hard: action === 'failed' && isHard(status, diagnostic) }];
}

function readFromText(mail: ParsedMail): FailedRecipient[] {
  const text = mail.text.slice(0, maxTextCharacters);
  const named = (mail.headers['x-failed-recipients'] ?? []).join(',').match(addressPattern) ?? [];
  const own = new Set(
    [mail.from?.address, ...mail.to.map((one) => one.address)].map((one) => one?.toLowerCase()),
  );
  const inText = (text.match(addressPattern) ?? []).filter(
    (one) => !own.has(one.toLowerCase()) && !/^(postmaster|mailer-daemon|abuse|support|root)@/i.test(one),
  );
  const listed = [...text.matchAll(listedAddress)]
    .map((one) => one[1]!)
    .filter((one) => inText.includes(one));
  const addresses = named.length > 0 ? named : listed.length > 0 ? listed : inText.slice(0, 1);
  const isDelayed = delayedWords.test(`${mail.subject}\n${text.slice(0, 2_000)}`);
  return [...new Set(addresses)].slice(0, maxRecipients).map((address, index, all) => {
    const said = textAbout(text, address, all[index + 1]);
    const status = chooseStatus('', said) || chooseStatus('', text);
    if (isDelayed && !status.startsWith('5')) return { address, action: 'delayed', status, hard: false };
    return { address, action: 'failed', status, hard: isHard(status, said) };
  });
}

/** `<a@b.example>:` at the start of a line, as daemons list those they could not reach. */
const listedAddress = /^[ \t]{0,8}<?([^\s<>:()]{1,64}@[a-z0-9.-]{1,120}?)>?(?:\.{3}|:| *$)/gim;

function textAbout(text: string, address: string, next: string | undefined): string {
  const start = Math.max(0, text.indexOf(address));
  const end = next ? text.indexOf(next, start + address.length) : -1;
  const before = text.slice(Math.max(0, start - 200), start);
  const about = text.slice(start, end > start ? Math.min(end, start + 700) : start + 700);
  return before.includes('@') ? about : `${before}${about}`;
}

const addressPattern = /[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi;

function readAddress(value: string): string {
  const plain = value.replace(/^[^;]{0,30};/, '').trim();
  return /[^\s<>;,]+@[^\s<>;,]+/.exec(plain)?.[0] ?? '';
}

function readStatus(value: string): string {
  return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(value)?.[0] ?? '';
}

/** A general status (`5.0.0`) gives way to the code in what the other server said. */
function chooseStatus(status: string, diagnostic: string): string {
  if (status !== '' && !/^[45]\.0\.0$/.test(status)) return status;
  const said = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(diagnostic)?.[0];
  if (said && !/^[45]\.0\.0$/.test(said)) return said;
  const reply = /(?<![\d.])([45])(\d)\d(?=[\s-])/.exec(diagnostic);
  return status || said || (reply ? `${reply[1]}.0.0` : '');
}

const unknownWords =
  /user (is )?unknown|unknown (user|recipient|address|local|mailbox)|no such (user|recipient|mailbox|person|address|domain)|(does not|doesn't) exist|not (a )?(valid|known) (user|mailbox|recipient|address)|invalid (recipient|mailbox|address|user)|user not found|unrouteable|host (or domain name )?(unknown|not found)|domain not found|no mailbox|address unknown|recipient (not found|unknown)|unknown in (virtual|local|relay)|not listed in|name is not recognized|doesn't have an? \S+ account|no (mx|mail exchanger)( record)? found|no smtp service|null ?mx|dns lookup failure|domain does not exist|account (has been )?(disabled|closed)|no longer (valid|available|active)/i;
const passingWords =
  /quota|mailbox (is )?full|over ?limit|exceed|too (big|large|many)|temporar|try (again )?later|greylist|spam|blocked|blacklist|block list|policy|timed? ?out|denied by|reputation|dmarc|spf|dkim|virus|ptr|reverse dns|sender (address )?rejected|access denied|mailbox full/i;

function isHard(status: string, diagnostic: string): boolean {
  if (status.startsWith('4') || status.startsWith('2')) return false;
  if (/^5\.1\.(0|1|2|3|4|6|10)$/.test(status))
    return !passingWords.test(diagnostic) || unknownWords.test(diagnostic);
  if (/^5\.(2|3|7|6)\./.test(status)) return unknownWords.test(diagnostic) && !passingWords.test(diagnostic);
  if (/^5\.4\.4$/.test(status)) return true;
  return unknownWords.test(diagnostic) && !passingWords.test(diagnostic);
}
