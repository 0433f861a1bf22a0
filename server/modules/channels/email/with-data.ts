import type { SMTPServerDataStream } from 'smtp-server';
import type { ByteRoom } from './byte-room.ts';
import { type DoorLimits, largestMail } from './door-limits.ts';
import { bareLineFeed, slowDown, tooLarge, tooSlow } from './refusals.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** So much of a mail is taken without asking for room: with a thousand connections 64 MB. */
const smallBytes = 64 * 1024;

export interface Taking {
  room: ByteRoom;
  limits: DoorLimits;
  /** What the sender said it will be (`SIZE=`), in bytes. */
  declaredBytes: number | null;
}

/**
 * Takes one mail's bytes as they come and keeps them in hand until `work` is done with them. A large one waits for
 * room, and its sender with it; an oversized one is read to its end and not kept.
 */
export async function withData<R>(
  stream: SMTPServerDataStream,
  taking: Taking,
  work: (raw: Buffer) => Promise<R>,
): Promise<R> {
  const taken: (() => void)[] = [];
  let granted = smallBytes;
  const hold = async (bytes: number) => {
    if (bytes <= granted) return;
    const wanted = granted === smallBytes ? expectedBytes(taking, bytes) : largestMail;
    const patience = { milliseconds: taking.limits.roomMilliseconds, refuse: slowDown };
    taken.push(await taking.room.take(wanted - granted, patience));
    granted = wanted;
  };
  try {
    return await work(await readData(stream, taking.limits, hold));
  } finally {
    for (const giveBack of taken) giveBack();
  }
}

/** What was declared is an estimate (RFC 1870); without one, or past it, the most there can be. */
function expectedBytes({ declaredBytes }: Taking, bytes: number): number {
  const estimate = declaredBytes === null ? largestMail : declaredBytes + smallBytes;
  return estimate < bytes ? largestMail : Math.min(estimate, largestMail);
}

async function readData(
  stream: SMTPServerDataStream,
  limits: DoorLimits,
  hold: (bytes: number) => Promise<void>,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const started = Date.now();
  for await (const chunk of stream) {
    if (Date.now() - started > limits.dataMilliseconds) throw tooSlow();
    if (stream.sizeExceeded) chunks.length = 0;
    else {
      length += (chunk as Buffer).length;
      await hold(length);
      chunks.push(chunk as Buffer);
    }
  }
  if (stream.sizeExceeded) throw tooLarge();
  const raw = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  // A lone line feed can end the data at another server: mail smuggling (CVE-2023-51764).
  if (hasBareLineFeed(raw)) throw bareLineFeed();
  return raw;
}

export function hasBareLineFeed(raw: Buffer): boolean {
  for (let at = raw.indexOf(lineFeed); at >= 0; at = raw.indexOf(lineFeed, at + 1)) {
    if (at === 0 || raw[at - 1] !== carriageReturn) return true;
  }
  return false;
}
