import { type Letter, readLetter } from './readers.ts';
import { type HeaderField, readHeaderFields } from './reading/header-fields.ts';

const headBytes = 64 * 1024;
const fieldBytes = 2000;
const excerptBytes = 4000;
const kept = new Set(['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to']);

/**
 * A mail that no reader can take apart, let in by a person: its sender, its subject, the beginning of its source as
 * words, and the whole of it as a file.
 */
export async function readUnreadable(raw: Buffer, envelopeFrom: string): Promise<Letter> {
  const letter = await readLetter(writeExcerpt(raw, envelopeFrom));
  if ('refused' in letter) return letter;
  const whole = {
    fileName: 'message.eml',
    contentType: 'message/rfc822',
    contentId: null,
    disposition: 'attachment',
    inline: false,
    bytes: raw,
  };
  return { read: { ...letter.read, mail: { ...letter.read.mail, attachments: [whole] } } };
}

/** A small plain mail with the same fields. */
function writeExcerpt(raw: Buffer, envelopeFrom: string): Buffer {
  const { fields, bodyStart } = readHead(raw);
  const lines = fields
    .filter((field) => kept.has(field.name) && field.value.length <= fieldBytes)
    .map(({ name, value }) => Buffer.concat([Buffer.from(`${name}: `), value, Buffer.from('\r\n')]));
  if (!lines.some((line) => line.subarray(0, 5).toString() === 'from:'))
    lines.push(Buffer.from(`From: <${envelopeFrom}>\r\n`));
  return Buffer.concat([...lines, Buffer.from('\r\n'), raw.subarray(bodyStart, bodyStart + excerptBytes)]);
}

function readHead(raw: Buffer): { fields: HeaderField[]; bodyStart: number } {
  try {
    return readHeaderFields(raw.subarray(0, headBytes));
  } catch {
    // Even the fields are too many.
    return { fields: [], bodyStart: 0 };
  }
}
