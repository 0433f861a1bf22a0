import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { MailRefusal } from './mail-limits.ts';
import { readFixture } from './read-corpus.ts';
import { createReaderPool } from './reader-pool.ts';

const pool = createReaderPool({ size: 2, timeoutMs: 15_000, memoryMb: 192 });
afterAll(() => pool.close());

const write = (headers: string, body: string) =>
  Buffer.from(`From: a@b.example\nSubject: x\n${headers}\n${body}`);
const multipart = 'Content-Type: multipart/mixed; boundary=q\n';
const html = 'Content-Type: text/html\n';

const nestedMultiparts = (depth: number) => {
  let text = 'From: a@b.example\n';
  for (let level = 0; level < depth; level += 1) {
    text += `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`;
  }
  return Buffer.from(text);
};

async function reasonOf(raw: Buffer): Promise<string> {
  try {
    await pool.read(raw);
    return 'read';
  } catch (error) {
    return error instanceof MailRefusal ? error.reason : String(error);
  }
}

describe('mails made to break a parser', () => {
  test.each([
    ['20,000 nested groups in To', write(`To: ${'a:'.repeat(20_000)}\n`, 'x'), 'read'],
    ['400,000 open comments in To', write(`To: ${'('.repeat(400_000)}\n`, 'x'), 'read'],
    ['990 parts', write(multipart, `${'--q\n\nx\n'.repeat(990)}--q--`), 'read'],
    ['1,100 parts', write(multipart, `${'--q\n\nx\n'.repeat(1_100)}--q--`), 'too_many_parts'],
    ['22 kB of http://a.', write('', 'http://a.'.repeat(2_500)), 'read'],
    ['176 kB of http://a.', write('', 'http://a.'.repeat(20_000)), 'read'],
    ['176 kB of http://a. as HTML', write(html, 'http://a.'.repeat(20_000)), 'read'],
    ['500,000 nested div', write(html, '<div>'.repeat(500_000)), 'read'],
    ['20,000 nested multiparts', nestedMultiparts(20_000), 'too_deep'],
    ['a 10 MB header', write(`X-A: ${'a'.repeat(10_000_000)}\n`, 'x'), 'header_too_large'],
    ['100,000 recipients', write(`To: ${'a@b.example,'.repeat(40_000)}\n`, 'x'), 'too_many_addresses'],
    ['a 25 MB text', write('', `${'x'.repeat(75)}\n`.repeat(330_000)), 'read'],
    ['50,000 parameters', write(`Content-Type: text/plain; ${'name*1=a;'.repeat(50_000)}\n`, 'x'), 'read'],
    ['60,000 broken encoded words', write(`Subject: ${'=?utf-8?q?a'.repeat(60_000)}\n`, 'x'), 'read'],
    ['500,000 opening brackets', write(html, '<'.repeat(500_000)), 'read'],
    ['27 MB', Buffer.alloc(27 * 1024 * 1024, 'x'), 'unreadable'],
  ])(
    '%s',
    async (_, raw, reason) => {
      expect(await reasonOf(raw)).toBe(reason);
    },
    60_000,
  );

  test('a 25 MB file arrives whole', async () => {
    const coded = `${'QUFB'.repeat(19)}\n`.repeat(300_000);
    const raw = write(
      multipart,
      `--q\n\nhi\n--q\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${coded}--q--`,
    );
    const { mail } = await pool.read(raw);
    expect(mail.attachments[0]?.bytes.length).toBe(19 * 3 * 300_000);
  }, 60_000);
});

test('what crosses the process keeps its types', async () => {
  const { mail, html: shown } = await pool.read(readFixture('inline-image'));
  expect(mail.attachments[0]?.bytes).toBeInstanceOf(Uint8Array);
  expect(shown?.remoteImages).toBe(1);
  expect((await pool.read(readFixture('plain-reply'))).mail.date).toEqual(new Date('2026-03-03T07:15:00Z'));
});

describe('a reader that misbehaves is replaced and the others go on', () => {
  const program = fileURLToPath(new URL('./fixtures/misbehaving-reader.mjs', import.meta.url));

  async function readAll(timeoutMs: number, words: string[]): Promise<string[]> {
    const fragile = createReaderPool({ size: 1, timeoutMs, memoryMb: 64, program });
    const ask = (word: string) =>
      fragile.read(Buffer.from(word)).then(
        () => 'read',
        (refusal: MailRefusal) => refusal.reason,
      );
    const reasons = await Promise.all(words.map(ask));
    await fragile.close();
    return reasons;
  }

  test('a mail that takes too long costs only itself', async () => {
    expect(await readAll(3_000, ['fine', 'hang', 'fine'])).toEqual(['read', 'timeout', 'read']);
  }, 60_000);

  test('crash and memory are told apart; each costs only its own mail', async () => {
    const words = ['fine', 'crash', 'fine', 'grow', 'fine'];
    // Filling the memory takes seconds on a busy machine: here no time is short.
    expect(await readAll(50_000, words)).toEqual(['read', 'crash', 'read', 'memory', 'read']);
  }, 120_000);

  test('closing refuses what waits and ends every process', async () => {
    const closing = createReaderPool({ size: 1, timeoutMs: 10_000, memoryMb: 64, program });
    const waiting = [closing.read(Buffer.from('hang')), closing.read(Buffer.from('fine'))].map((one) =>
      one.catch((refusal: MailRefusal) => refusal.detail),
    );
    await closing.close();
    expect(await Promise.all(waiting)).toEqual(['the readers are closed', 'the readers are closed']);
    await expect(closing.read(Buffer.from('fine'))).rejects.toThrow('closed');
  });
});
