import type { CommandContext } from '../../platform/command.ts';
import type { AuthorKind, Channel } from './events.ts';
import type { NewAttachment } from './message-content.ts';

export interface Written {
  ticketId: number;
  messageId: number;
  public: boolean;
  author: AuthorKind;
  authorId: number | null;
  channel: Channel;
  attachments?: NewAttachment[];
  mentions?: number[];
}

/** Says who wrote: a customer (`message.received`), the desk (`message.sent`), or a colleague in a note. */
export function recordMessage(cx: CommandContext, written: Written, at?: Date): void {
  const { ticketId, messageId, author, authorId, channel } = written;
  const added = { messageId, author, authorId, channel, attachments: written.attachments?.length ?? 0 };
  if (!written.public) cx.record('note.added', ticketId, { ...added, mentions: written.mentions ?? [] }, at);
  else if (author === 'customer') cx.record('message.received', ticketId, added, at);
  else cx.record('message.sent', ticketId, added, at);
}
