import { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import { asciiDomain } from '../ascii-domain.ts';
import type { Answer, Said } from './answers.ts';

const relays = new Map<string, { transport: Transporter; idle: NodeJS.Timeout | undefined }>();
const idleMilliseconds = 30_000;

/** Hands a mail to the relay over a kept connection, and answers what became of each recipient. Never throws. */
export async function deliver(smtpUrl: string, from: string, to: string[], raw: Buffer): Promise<Answer[]> {
  const handing = { smtpUrl, from, to, raw };
  try {
    return (await handOver(handing)) ?? (await handOver(handing)) ?? putOff(to);
  } finally {
    closeWhenIdle(smtpUrl);
  }
}

interface Handing {
  smtpUrl: string;
  from: string;
  to: string[];
  raw: Buffer;
}

/** Null when the relay had closed the kept connection before it was told of the mail: a new one may take it at once. */
async function handOver({ smtpUrl, from, to, raw }: Handing): Promise<Answer[] | null> {
  let read = false;
  const stream = Readable.from([raw]).once('end', () => {
    read = true;
  });
  try {
    const { accepted, rejectedErrors } = await openRelay(smtpUrl).sendMail({
      envelope: { from, to },
      raw: stream,
    });
    return to.map((address) => answerFor(address, rejectedErrors, accepted));
  } catch (error) {
    const failure = error as SmtpFailure;
    if (failure.rejectedErrors) return to.map((address) => answerFor(address, failure.rejectedErrors));
    if (isClosedBefore(failure)) return null;
    const said = classifyFailure(failure, read);
    return to.map((address) => ({ address, ...said }));
  }
}

/** The pool asks another connection to take it, but has destroyed the mail by then. */
const isClosedBefore = ({ message, responseCode }: SmtpFailure): boolean =>
  responseCode === undefined && /already read or destroyed/.test(message);

const putOff = (to: string[]): Answer[] =>
  to.map((address) => ({
    address,
    outcome: 'deferred',
    code: null,
    said: 'the relay closed the connection before it took the mail',
  }));

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
  recipient?: string;
  rejectedErrors?: SmtpFailure[];
}

/** Only who is named as accepted is: a mail too many is better than one too few. */
function answerFor(
  address: string,
  refusals: SmtpFailure[] = [],
  accepted: (string | { address: string })[] = [],
): Answer {
  const sent = asSent(address);
  const own = refusals.find(({ recipient }) => recipient !== undefined && asSent(recipient) === sent);
  if (own) return { address, ...classifyFailure(own, false) };
  const isAccepted = accepted.some((one) => asSent(typeof one === 'string' ? one : one.address) === sent);
  if (isAccepted) return { address, outcome: 'accepted', code: null, said: null };
  return { address, outcome: 'deferred', code: null, said: 'the relay did not say' };
}

function asSent(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + asciiDomain(address.slice(at));
}

function classifyFailure(error: SmtpFailure, wholeMailRead: boolean): Said {
  const said = (error.response ?? error.message).slice(0, 500);
  const code = error.responseCode ? String(error.responseCode) : null;
  if (code !== null && /^5\d\d$/.test(code) && error.code !== 'EAUTH')
    return { outcome: 'refused', code, said };
  if (error.code === 'EENVELOPE' && code === null) return { outcome: 'refused', code: 'address', said };
  const lost = code === null && wholeMailRead && error.command !== 'API';
  return { outcome: lost ? 'uncertain' : 'deferred', code, said };
}

function openRelay(smtpUrl: string): Transporter {
  const open = relays.get(smtpUrl);
  if (open) return open.transport;
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  relays.set(smtpUrl, { transport, idle: undefined });
  return transport;
}

function closeWhenIdle(smtpUrl: string): void {
  const relay = relays.get(smtpUrl);
  if (!relay) return;
  clearTimeout(relay.idle);
  relay.idle = setTimeout(() => closeRelay(smtpUrl), idleMilliseconds);
  relay.idle.unref();
}

export function closeRelay(smtpUrl: string): void {
  const relay = relays.get(smtpUrl);
  clearTimeout(relay?.idle);
  relays.delete(smtpUrl);
  relay?.transport.close();
}
