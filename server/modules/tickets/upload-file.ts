import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import type { Actor } from '../../platform/events/event-map.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { Attachment } from './contract.ts';
import { scheduleExpiry } from './expire-upload.ts';
import { cleanFileName } from './file-name.ts';
import type { NewAttachment } from './message-content.ts';
import { newFileKey, storeFile } from './store-file.ts';

export interface UploadFile {
  fileName: string;
  contentType: string;
  bytes: Uint8Array;
}

const wellFormedType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** Keeps a file for a day, until its uploader sends a message with it. Bytes first, then the row. No event. */
export async function uploadFile(desk: Desk, uploader: Actor, input: UploadFile): Promise<Attachment> {
  const { sha256, size } = await storeFile(desk, input.bytes);
  const type = input.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const attachment: Attachment = {
    key: newFileKey(),
    fileName: cleanFileName(input.fileName),
    contentType: wellFormedType.test(type) ? type : 'application/octet-stream',
    size,
    contentId: null,
    inline: false,
  };
  await desk.run(uploader, async (cx) => {
    await cx.tx.write(sql`insert into attachments
        (key, sha256, file_name, content_type, size, uploaded_by_kind, uploaded_by, created_at)
      values (${attachment.key}, ${Buffer.from(sha256, 'hex')}, ${attachment.fileName}, ${attachment.contentType},
        ${size}, ${uploader.kind}, ${uploader.id}, ${cx.now})`);
    scheduleExpiry(cx, attachment.key);
  });
  return attachment;
}

/** The actor's own uploads that hang on no message yet, in the order named; 422 when one is not. */
export async function claimUploads(cx: CommandContext, keys: string[]): Promise<NewAttachment[]> {
  if (keys.length === 0) return [];
  const rows = await cx.tx.all<NewAttachment>(sql`
    select key, encode(sha256, 'hex') as sha256, file_name as "fileName", content_type as "contentType", size,
      content_id as "contentId", inline
    from attachments where key = any(${keys}::text[]) and message_id is null
      and uploaded_by_kind = ${cx.actor.kind} and uploaded_by = ${cx.actor.id} for update`);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  if (byKey.size < new Set(keys).size)
    throw invalid({ attachments: 'one of these is no upload of yours, or was sent already' });
  return [...byKey.values()].sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
}

/** The bytes of an upload. @throws 422 when there are none. */
export function uploadedBytes(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw invalid({ body: 'send the bytes of one file as the body' });
  if (body.byteLength === 0) throw invalid({ body: 'the file is empty' });
  return body;
}
