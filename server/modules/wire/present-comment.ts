import type { Message } from '../tickets/contract.ts';
import { wireTime } from './instant.ts';
import { via } from './vocabulary.ts';

export interface CommentSurroundings {
  base: string;
  /** The audit a message belongs to, by message. */
  audits: ReadonlyMap<number, number>;
  /** Numbers of attachments, by key. */
  attachmentIds: ReadonlyMap<string, number>;
}

const desk = -1;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asHtml = (text: string): string =>
  `<p dir="auto">${text.replace(/[&<>"]/g, (character) => escapes[character] ?? character).replaceAll('\n', '<br>')}</p>`;

export function presentComment(
  message: Message,
  around: CommentSurroundings,
): Record<string, unknown> & { id: number } {
  return {
    id: message.id,
    type: 'Comment',
    author_id: message.authorId ?? desk,
    body: message.text,
    html_body: `<div class="zd-comment" dir="auto">${message.html ?? asHtml(message.text)}</div>`,
    plain_body: message.text,
    public: message.public,
    attachments: message.attachments.map((file) =>
      presentAttachment(around.base, { ...file, id: around.attachmentIds.get(file.key) ?? 0 }),
    ),
    audit_id: around.audits.get(message.id) ?? null,
    via: via(message.channel),
    created_at: wireTime(message.createdAt),
    metadata: { system: {}, custom: {} },
  };
}

export interface WireFile {
  id: number;
  key: string;
  fileName: string;
  contentType: string;
  size: number;
  inline: boolean;
}

export function presentAttachment(base: string, file: WireFile): Record<string, unknown> & { id: number } {
  const address = `${base}/api/desk/v1/files/${file.key}`;
  return {
    url: `${base}/api/v2/attachments/${file.id}.json`,
    id: file.id,
    file_name: file.fileName,
    content_url: address,
    mapped_content_url: address,
    content_type: file.contentType,
    size: file.size,
    width: null,
    height: null,
    inline: file.inline,
    deleted: false,
    malware_scan_result: 'not_scanned',
    thumbnails: [],
  };
}
