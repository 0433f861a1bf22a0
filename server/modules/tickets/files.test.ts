import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { cleanFileName, contentDisposition } from './file-name.ts';
import { listMessages } from './read-messages.ts';
import { redactMessage } from './redact-message.ts';
import { sendMessage } from './send-message.ts';
import { newFileKey, storeFile } from './store-file.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

async function upload(
  who: number,
  bytes: Buffer | string,
  query = 'filename=a.png',
  type = 'application/octet-stream',
) {
  const { app } = await cast.desk.http();
  const headers = { ...cast.headersOf(who), 'content-type': type };
  const response = await app.inject({
    method: 'POST',
    url: `/api/desk/v1/uploads?${query}`,
    headers,
    payload: bytes,
  });
  return { status: response.statusCode, body: response.json() };
}

const download = async (who: number | null, key: string, query = '') =>
  (await cast.call(who, 'GET', `/files/${key}${query}`)) as {
    status: number;
    body: { headers: Record<string, string>; rawPayload: Buffer };
  };

async function sendWith(attachments: string[], more: object = {}) {
  const id = await cast.open();
  const sent = await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, {
    text: 'See',
    attachments,
    ...more,
  });
  return { id, sent };
}

it('keeps the bytes as they came and gives them back as a download', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 128, ...png]);
  const { status, body: file } = await upload(
    cast.ben,
    bytes,
    `filename=${encodeURIComponent('C:\\x\\отчёт.html')}&type=text/html`,
  );
  expect([status, file.fileName, file.size]).toEqual([201, 'отчёт.html', bytes.length]);
  const { id } = await sendWith([file.key]);
  const { body } = await download(cast.ada, file.key);
  expect(body.rawPayload.equals(bytes)).toBe(true);
  expect(body.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': `attachment; filename="_____.html"; filename*=UTF-8''${encodeURIComponent('отчёт.html')}`,
  });
  expect((await cast.call(cast.ada, 'GET', `/tickets/${id}`)).body.messages[1].attachments).toEqual([file]);
});

it('shows pictures only, whatever a file is called', async () => {
  const picture = (await upload(cast.ben, png, 'filename=a.bin')).body;
  const page = (await upload(cast.ben, '<svg onload="alert(1)"/>', 'filename=a.png&type=image/png')).body;
  await sendWith([picture.key, page.key]);
  const shown = await download(cast.ben, picture.key, '?inline=1');
  expect(shown.body.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^inline/),
  });
  const kept = await download(cast.ben, page.key, '?inline=1');
  expect(kept.body.headers['content-disposition']).toMatch(/^attachment/);
});

it('takes a file byte for byte whatever it is named, but no empty one and no huge one', async () => {
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const { status, body } = await upload(cast.ben, '{"a":  1', 'filename=a.json', type);
    expect([status, body.size], type).toEqual([201, 8]);
    expect((await download(cast.ben, body.key)).body.rawPayload.toString(), type).toBe('{"a":  1');
  }
  expect((await upload(cast.ben, '')).status).toBe(422);
  expect((await upload(cast.ben, Buffer.alloc(25 * 1024 * 1024 + 1))).status).toBe(413);
});

it('a file is for those who may read its message', async () => {
  const { key } = (await upload(cast.ben, png)).body;
  const statusFor = async (who: number | null) => (await download(who, key)).status;
  expect([await statusFor(cast.ben), await statusFor(cast.ada), await statusFor(cast.mia)]).toEqual([
    200, 404, 404,
  ]);
  const { id } = await sendWith([key]);
  expect([
    await statusFor(null),
    await statusFor(cast.ada),
    await statusFor(cast.mia),
    await statusFor(cast.noah),
  ]).toEqual([401, 200, 200, 404]);
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { assigneeId: null, teamId: cast.support });
  expect(await statusFor(cast.cleo)).toBe(404);
  const note = (await upload(cast.ben, png)).body;
  await sendWith([note.key], { public: false });
  expect((await download(cast.mia, note.key)).status).toBe(404);
  expect((await download(cast.ben, newFileKey())).status).toBe(404);
});

it('nobody sends somebody else’s upload, and nobody sends one twice', async () => {
  const { key } = (await upload(cast.ada, png)).body;
  expect((await sendWith([key])).sent.status).toBe(422);
  const own = (await upload(cast.ben, png)).body;
  expect((await sendWith([own.key])).sent.status).toBe(201);
  expect((await sendWith([own.key])).sent.status).toBe(422);
  expect((await sendWith([newFileKey()])).sent.status).toBe(422);
});

it('takes files that a channel stored, and drops the bytes when their message is redacted', async () => {
  const bytes = Buffer.from('only here');
  const { sha256, size } = await storeFile(cast.desk, bytes);
  const id = await cast.open();
  const file = {
    key: newFileKey(),
    sha256,
    size,
    fileName: 'a.txt',
    contentType: 'text/plain',
    contentId: 'x@y',
    inline: true,
  };
  const { messageId } = await cast.desk.run(cast.as(cast.ben), (cx) =>
    sendMessage(cx, {
      ticketId: id,
      author: 'agent',
      authorId: cast.ben,
      public: true,
      message: { text: 'f', attachments: [file] },
    }),
  );
  const message = (await listMessages(cast.desk.db, id)).find((one) => one.id === messageId);
  expect(message?.attachments).toMatchObject([{ key: file.key, contentId: 'x@y', inline: true }]);
  await cast.desk.run(cast.as(cast.ada), (cx) => redactMessage(cx, { messageId }));
  await cast.desk.settle();
  expect(await cast.desk.files.has(sha256)).toBe(false);
  expect(await cast.desk.db.all(sql`select from files where sha256 = ${Buffer.from(sha256, 'hex')}`)).toEqual(
    [],
  );
  await storeFile(cast.desk, bytes);
  expect(await cast.desk.files.has(sha256)).toBe(true);
});

it.each([
  ['\u200b.htaccess', 'htaccess'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\CON.txt', 'CON.txt'],
  ['evil\u202Egnp.exe', 'evilgnp.exe'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['...', 'file'],
  ['', 'file'],
  ['приклад \u3000 文件.pdf', 'приклад 文件.pdf'],
  [`${'я'.repeat(200)}.tar.gz`, `${'я'.repeat(126)}.gz`],
])('calls %j by a clean name', (given, clean) => {
  expect(cleanFileName(given)).toBe(clean);
});

it('whatever a file is called, its name stays one line, one part and 255 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanFileName(given);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}"<>:|?*]|^\.|^$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      expect(cleanFileName(name)).toBe(name);
      expect(contentDisposition('attachment', name)).toMatch(/^[\x20-\x7e]+$/);
    }),
    { numRuns: 300 },
  );
});
