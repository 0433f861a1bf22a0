import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Attachment } from './contract.ts';
import { keepDraft } from './drafts.ts';
import { scheduleExpiry } from './expire-upload.ts';
import { findMessageRow } from './read-messages.ts';
import { newFileKey } from './store-file.ts';

export interface GivenBack {
  text: string;
  html?: string;
  attachments: Attachment[];
  /** Whom it had put in copy. */
  ccs?: string[];
}

/**
 * Makes a message its writer's draft again, in front of what was begun since; of its files come copies, which the
 * next message can carry. Answers what was given back. No event.
 */
export async function giveBackMessage(
  cx: CommandContext,
  input: { messageId: number; staffId: number; ccs?: string[] },
): Promise<GivenBack> {
  const message = await findMessageRow(cx.tx, input.messageId);
  if (!message) throw notFound('This message');
  const copies = await copyFiles(cx, input);
  const attachments = copies.map(({ copy }) => copy);
  const given = {
    text: message.text,
    ...(message.html ? { html: withCopies(message.html, copies) } : {}),
    attachments,
    ...(input.ccs ? { ccs: input.ccs } : {}),
  };
  const of = { ticketId: message.ticketId, staffId: input.staffId, kind: 'reply' } as const;
  const begun = await cx.tx.maybe<{ body: Partial<GivenBack> }>(sql`
    select body from drafts where ticket_id = ${of.ticketId} and staff_id = ${of.staffId} and kind = ${of.kind}`);
  await keepDraft(cx, { ...of, body: begun ? inFront(given, begun.body) : { ...given } });
  return given;
}

/** The HTML of one half is not the HTML of both. */
function inFront({ text, attachments, ccs }: GivenBack, begun: Partial<GivenBack>): Record<string, unknown> {
  const { html: _, ...rest } = begun;
  return {
    ...rest,
    text: [text, begun.text ?? ''].filter((words) => words.trim() !== '').join('\n\n'),
    attachments: [...attachments, ...(begun.attachments ?? [])],
    ...(ccs ? { ccs: begun.ccs ?? ccs } : {}),
  };
}

interface Copied {
  /** The key of the file that stays with the message. */
  of: string;
  copy: Attachment;
}

/** Its pictures are the copies. */
const withCopies = (html: string, copies: Copied[]): string =>
  copies.reduce((text, { of, copy }) => text.replaceAll(`"${of}"`, `"${copy.key}"`), html);

async function copyFiles(
  cx: CommandContext,
  { messageId, staffId }: { messageId: number; staffId: number },
): Promise<Copied[]> {
  const files = await cx.tx.all<Attachment>(sql`
    select key, file_name as "fileName", content_type as "contentType", size, content_id as "contentId", inline
    from attachments where message_id = ${messageId} order by id`);
  const copies: Copied[] = [];
  for (const { key, ...file } of files) {
    const copy = { ...file, key: newFileKey() };
    await cx.tx.write(sql`
      insert into attachments (key, sha256, file_name, content_type, size, content_id, inline, uploaded_by_kind,
        uploaded_by, created_at)
      select ${copy.key}, sha256, file_name, content_type, size, content_id, inline, 'agent', ${staffId}, ${cx.now}
      from attachments where key = ${key}`);
    scheduleExpiry(cx, copy.key);
    copies.push({ of: key, copy });
  }
  return copies;
}
