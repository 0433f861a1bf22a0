import type { SMTPServerDataStream } from 'smtp-server';
import { bareLineFeed, slowDown, tooLarge, tooSlow } from './refusals.ts';

const slowestMilliseconds = 5 * 60_000;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Bytes of mails that are being taken, over all connections of this process. */
export interface InHand {
  bytes: number;
}

const mostInHand = 256 * 1024 * 1024;

/**
 * Takes one mail's bytes as they come and keeps them in hand until `work` is done with them; an oversized mail is
 * read to its end and not kept.
 */
export async function withData<R>(
  stream: SMTPServerDataStream,
  inHand: InHand,
  work: (raw: Buffer) => Promise<R>,
): Promise<R> {
  let taken = 0;
  const take = (bytes: number) => {
    taken += bytes;
    inHand.bytes += bytes;
    if (inHand.bytes > mostInHand) throw slowDown();
  };
  try {
    return await work(await readData(stream, take));
  } finally {
    inHand.bytes -= taken;
  }
}

async function readData(stream: SMTPServerDataStream, take: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const started = Date.now();
  for await (const chunk of stream) {
    if (Date.now() - started > slowestMilliseconds) throw tooSlow();
    if (stream.sizeExceeded) chunks.length = 0;
    else {
      take((chunk as Buffer).length);
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
