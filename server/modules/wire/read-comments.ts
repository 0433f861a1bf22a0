import type { Queryable } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTickets } from '../../platform/events/read-events.ts';
import type { Message } from '../tickets/contract.ts';
import { ticketFiles, ticketReads } from '../tickets/index.ts';
import { type CommentSurroundings, presentComment } from './present-comment.ts';

/** A ticket's conversation as comments, oldest first, those of absorbed tickets included. */
export async function listComments(db: Queryable, base: string, ticketId: number) {
  const messages = await ticketReads.listMessages(db, ticketId);
  const around = await readCommentSurroundings(db, base, messages);
  return messages.map((message) => presentComment(message, around));
}

export async function readCommentSurroundings(
  db: Queryable,
  base: string,
  messages: Message[],
): Promise<CommentSurroundings> {
  const ticketIds = [...new Set(messages.map((message) => message.ticketId))];
  const events = await listEventsOfTickets(db, ticketIds);
  const audits = new Map<number, number>();
  for (const list of events.values()) {
    const first = firstOfCommands(list);
    for (const event of list) {
      const id = (event.data as { messageId?: number }).messageId;
      if (id !== undefined && !audits.has(id)) audits.set(id, first.get(event.commandId) ?? event.id);
    }
  }
  const keys = messages.flatMap((message) => message.attachments.map((file) => file.key));
  const rows = await ticketFiles.listFiles(db, keys);
  return { base, audits, attachmentIds: new Map(rows.map((row) => [row.key, row.id])) };
}

/** An audit has the id of its command's first event on the ticket. */
function firstOfCommands(events: RecordedEvent[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const event of events) {
    if (!first.has(event.commandId)) first.set(event.commandId, event.id);
  }
  return first;
}
