import type { SMTPServerDataStream } from 'smtp-server';
import { bareLineFeed, tooLarge, tooSlow } from './refusals.ts';

const slowestMilliseconds = 5 * 60_000;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The bytes of one mail as they came; an oversized one is read to its end and not kept. */
export async function readData(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const started = Date.now();
  for await (const chunk of stream) {
    if (Date.now() - started > slowestMilliseconds) throw tooSlow();
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk as Buffer);
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
