import type { FastifyReply } from 'fastify';
import { type Queryable, sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { contentDisposition } from './file-name.ts';
import { rasterTypeOf } from './raster-image.ts';
import { findMessageRow } from './read-messages.ts';
import { canSeeMessage } from './sight-of-message.ts';

interface FileRow {
  sha256: string;
  fileName: string;
  contentType: string;
  size: number;
  messageId: number | null;
  uploadedByKind: string | null;
  uploadedBy: number | null;
}

/** Whatever the bytes are, nothing in them runs. */
export const headersOfStrangers = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** Bytes of a stranger: offered for saving, shown only when they are a picture, and never run here. */
export async function sendFile(
  desk: Desk,
  principal: Principal,
  wanted: { key: string; inline: boolean },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await findFile(desk.db, wanted.key);
  // The same answer whether it does not exist or is not theirs.
  if (!file || !(await mayReadFile(desk.db, principal, file)) || !(await desk.files.has(file.sha256))) {
    throw notFound('This file');
  }
  const picture = wanted.inline ? rasterTypeOf(await firstBytes(desk, file.sha256)) : null;
  return reply
    .headers({
      ...headersOfStrangers,
      'content-type': picture ?? safeType(file.contentType),
      'content-length': file.size,
      'content-disposition': contentDisposition(picture ? 'inline' : 'attachment', file.fileName),
      'cache-control': 'private, no-store',
    })
    .send(desk.files.read(file.sha256));
}

async function findFile(db: Queryable, key: string): Promise<FileRow | undefined> {
  return db.maybe<FileRow>(sql`
    select encode(sha256, 'hex') as sha256, file_name as "fileName", content_type as "contentType", size,
      message_id as "messageId", uploaded_by_kind as "uploadedByKind", uploaded_by as "uploadedBy"
    from attachments where key = ${key}`);
}

async function mayReadFile(db: Queryable, principal: Principal, file: FileRow): Promise<boolean> {
  if (file.messageId === null) {
    const { kind, id } = actorOf(principal);
    return file.uploadedByKind === kind && file.uploadedBy === id;
  }
  const message = await findMessageRow(db, file.messageId);
  return message !== undefined && canSeeMessage(db, principal, message);
}

async function firstBytes(desk: Desk, sha256: string): Promise<Buffer> {
  const stream = desk.files.read(sha256);
  for await (const chunk of stream) {
    stream.destroy();
    return (chunk as Buffer).subarray(0, 16);
  }
  return Buffer.alloc(0);
}

/** What a browser could take for a page is called plain bytes. */
function safeType(type: string): string {
  return /^(image\/(png|jpeg|gif|webp)|application\/pdf|audio\/[\w.+-]+|video\/[\w.+-]+)$/.test(type)
    ? type
    : 'application/octet-stream';
}
