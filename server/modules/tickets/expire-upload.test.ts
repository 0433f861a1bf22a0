import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { keepDraft } from './drafts.ts';
import { expireUpload } from './expire-upload.ts';
import { sendMessage } from './send-message.ts';
import { claimUploads, uploadFile } from './upload-file.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const hour = 3600;
const upload = async (text: string) => {
  const bytes = Buffer.from(text);
  const input = { fileName: 'a.txt', contentType: 'text/plain', bytes };
  return (await uploadFile(cast.desk, cast.as(cast.ben), input)).key;
};
async function pass(seconds: number): Promise<void> {
  cast.desk.clock.advance(seconds);
  await cast.desk.settle();
}
/** The uploads that still have a row, and the bytes that are still on disk. */
async function kept(...keys: string[]): Promise<{ rows: string[]; files: number }> {
  const rows = await cast.desk.db.all<{ key: string }>(
    sql`select key from attachments where key = any(${keys}::text[]) order by id`,
  );
  const files = await cast.desk.db.all<{ sha256: string }>(
    sql`select encode(sha256, 'hex') as sha256 from files`,
  );
  const there = await Promise.all(files.map(({ sha256 }) => cast.desk.files.has(sha256)));
  return { rows: rows.map(({ key }) => key), files: there.filter(Boolean).length };
}

it('an upload that no message claims is gone after a day, row and bytes; a claimed one stays', async () => {
  const ticketId = await cast.open();
  const [claimed, forgotten] = [await upload('claimed'), await upload('forgotten')];
  await cast.desk.run(cast.as(cast.ben), async (cx) =>
    sendMessage(cx, {
      ticketId,
      author: 'agent',
      authorId: cast.ben,
      public: true,
      message: { text: 'See the file.', attachments: await claimUploads(cx, [claimed]) },
    }),
  );
  await pass(24 * hour - 1);
  expect(await kept(claimed, forgotten)).toEqual({ rows: [claimed, forgotten], files: 2 });
  await pass(1);
  expect(await kept(claimed, forgotten)).toEqual({ rows: [claimed], files: 1 });
});

it('running twice changes nothing more, and no event tells of it', async () => {
  const key = await upload('twice');
  const again = () => cast.desk.run({ kind: 'system', id: null }, (cx) => expireUpload(cx, { key }));
  const events = await cast.during(async () => {
    await pass(24 * hour);
    await again();
    await again();
    await cast.desk.settle();
  });
  expect(events).toEqual([]);
  expect(await kept(key)).toEqual({ rows: [], files: 1 });
});

it('bytes that something else still has stay when one upload of them goes', async () => {
  const first = await upload('the same words');
  await pass(12 * hour);
  const second = await upload('the same words');
  await pass(12 * hour);
  expect(await kept(first, second)).toEqual({ rows: [second], files: 2 });
  await pass(12 * hour);
  expect(await kept(first, second)).toEqual({ rows: [], files: 1 });
});

it('what a draft names waits as long as the draft does', async () => {
  const ticketId = await cast.open();
  const key = await upload('for Monday');
  const body = { text: 'Soon', attachments: [{ key, fileName: 'a.txt' }] };
  await cast.desk.run(cast.as(cast.ben), (cx) =>
    keepDraft(cx, { ticketId, staffId: cast.ben, kind: 'reply', body }),
  );
  await pass(3 * 24 * hour);
  expect((await kept(key)).rows).toEqual([key]);
  await cast.desk.db.write(sql`delete from drafts where ticket_id = ${ticketId}`);
  await pass(24 * hour);
  expect(await kept(key)).toEqual({ rows: [], files: 1 });
});
