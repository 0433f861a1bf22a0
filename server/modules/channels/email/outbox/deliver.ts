import { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import type { OutgoingRow } from './outgoing-row.ts';

/** How one try ended. `uncertain`: all was sent and nothing heard; it goes again with the same Message-ID. */
export type Delivery =
  | { state: 'sent'; refused: string | null }
  | { state: 'failed'; code: string; error: string }
  | { state: 'retrying' | 'uncertain'; error: string };

const relays = new Map<string, { transport: Transporter; idle: NodeJS.Timeout | undefined }>();
const idleMilliseconds = 30_000;

/** Hands a mail to the relay over a kept connection. Never throws. */
export async function deliver(smtpUrl: string, row: OutgoingRow, raw: Buffer): Promise<Delivery> {
  const relay = openRelay(smtpUrl);
  let read = false;
  const stream = Readable.from([raw]).once('end', () => {
    read = true;
  });
  try {
    const answer = await relay.sendMail({
      envelope: { from: row.returnPath, to: [...row.recipients, ...row.ccs] },
      raw: stream,
    });
    return {
      state: 'sent',
      refused: answer.rejected?.length ? `refused for ${answer.rejected.length} of the recipients` : null,
    };
  } catch (error) {
    return classifyFailure(error as SmtpFailure, read);
  } finally {
    closeWhenIdle(smtpUrl);
  }
}

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

export function classifyFailure(error: SmtpFailure, wholeMailRead: boolean): Delivery {
  const said = (error.response ?? error.message).slice(0, 500);
  const code = error.responseCode;
  if (code !== undefined && code >= 500 && code < 600 && error.code !== 'EAUTH')
    return { state: 'failed', code: String(code), error: said };
  if (error.code === 'EENVELOPE' && code === undefined)
    return { state: 'failed', code: 'address', error: said };
  const lost = code === undefined && wholeMailRead && error.command !== 'API';
  return { state: lost ? 'uncertain' : 'retrying', error: said };
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
