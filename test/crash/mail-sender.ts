import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { openSmtp, type SmtpLine } from '../../bench/smtp-load.ts';
import { inboxAddress } from '../running-desk.ts';

/**
 * A mail server that never forgets: it sends a mail until it hears 250, and notes each 250 on disk at once. It keeps its
 * connection, since the greeting alone takes the door 100 ms.
 */
export interface Sender {
  acknowledged: Set<string>;
  /** The mail it has begun to send and has no 250 for. */
  inFlight(): string | null;
  stop(): Promise<void>;
}

export interface SenderParts {
  name: string;
  smtp: { host: string; port: number };
  ledgerFile: string;
  /** Pause between mails, so that four senders together make a known load. */
  pauseMs: number;
}

export function startSender({ name, smtp, ledgerFile, pauseMs }: SenderParts): Sender {
  const acknowledged = new Set<string>();
  const ledger = openSync(ledgerFile, 'a');
  let flying: string | null = null;
  let stopped = false;
  let count = 0;
  const connection: { line: SmtpLine | null } = { line: null };

  async function deliver(): Promise<void> {
    const key = `${name}-${count++}`;
    const mail = { from: `${name}@senders.example`, raw: rawMail(name, key) };
    flying = key;
    for (;;) {
      try {
        connection.line ??= await openSmtp(smtp);
        await connection.line.send(inboxAddress, mail);
        break;
      } catch {
        connection.line = null;
        // Killed under our hands, or busy: a mail without its 250 is sent again, byte for byte.
        await pause(30);
      }
    }
    writeSync(ledger, `${key}\n`);
    fsyncSync(ledger);
    acknowledged.add(key);
    flying = null;
  }

  const done = (async () => {
    while (!stopped) {
      await deliver();
      if (pauseMs > 0) await pause(pauseMs);
    }
    connection.line?.close();
    closeSync(ledger);
  })();

  return {
    acknowledged,
    inFlight: () => flying,
    stop() {
      stopped = true;
      return done;
    },
  };
}

function rawMail(name: string, key: string): string {
  return [
    `From: Sender ${name} <${name}@senders.example>`,
    `To: ${inboxAddress}`,
    `Subject: ledger ${key}`,
    `Message-ID: <${key}@senders.example>`,
    `Date: ${new Date(Date.UTC(2026, 2, 2)).toUTCString().replace('GMT', '+0000')}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is mail ${key}; it must become one ticket, whatever is killed meanwhile.`,
    '',
  ].join('\r\n');
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
