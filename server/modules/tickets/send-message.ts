import type { CommandContext } from '../../platform/command.ts';
import { conflict, HttpError, invalid } from '../../platform/http/errors.ts';
import { changeCcs } from './change-ccs.ts';
import { followTicket } from './change-followers.ts';
import { scheduleClosing } from './close-solved.ts';
import type { AuthorKind, Status } from './events.ts';
import { attachFiles } from './insert-message.ts';
import { type MessageContent, previewOf } from './message-content.ts';
import { listMentionable } from './people.ts';
import { getTicketRow, lockThread, type OpenThread } from './queries.ts';
import { recordMessage } from './record-message.ts';
import { refuseMissedMessages } from './refuse-conflict.ts';
import { deletedRequester } from './refused-reference.ts';
import type { TicketRow } from './ticket-row.ts';
import { type AfterMessage, writeOnThread } from './write-on-thread.ts';

export interface SendMessage {
  ticketId: number;
  author: AuthorKind;
  authorId: number | null;
  /** A public message, or an internal note. */
  public: boolean;
  message: MessageContent;
  /** Staff named in a note; they become followers. */
  mentions?: number[];
  /** Set in the same command: "send and solve". */
  status?: Exclude<Status, 'new' | 'closed'>;
  /** Everybody in copy from now on, by address. */
  ccs?: string[];
  /** The newest message the writer had seen; what came since is shown instead of sending, unless `force`. */
  lastSeenMessageId?: number;
  force?: boolean;
}

type Said = Omit<SendMessage, 'ticketId'>;

/**
 * The desk writes. Events: message.sent or note.added; then, where they apply, ticket.status_changed,
 * ticket.assigned and ticket.claimed, ticket.cc_changed, ticket.followers_changed.
 * @throws 409 on a closed ticket, and publicly on one that is deleted or spam; 422 to a customer who was deleted
 */
export async function sendMessage(cx: CommandContext, input: SendMessage): Promise<{ messageId: number }> {
  return sendOn(cx, await lockThread(cx.tx, input.ticketId), input);
}

/** The same on a ticket that this command has locked already. */
export async function sendOn(
  cx: CommandContext,
  ticket: OpenThread,
  input: Said,
): Promise<{ messageId: number }> {
  refuseClosed(ticket);
  if (input.public) refuseUnread(ticket, input.author);
  if (input.lastSeenMessageId !== undefined && input.public && !input.force) {
    await refuseMissedMessages(cx, ticket.id, input.lastSeenMessageId, input.authorId);
  }
  const mentions = await checkMentions(cx, ticket, input);
  const after = nextState(cx, ticket, input);
  const messageId = ticket.nextMessageId;
  const id = messageId;
  const { author, authorId, message: content } = input;
  writeOnThread(
    cx,
    {
      id,
      ticketId: ticket.id,
      public: input.public,
      author,
      authorId,
      channel: ticket.channel,
      content,
      mentions,
      at: cx.now,
    },
    after,
  );
  await attachFiles(cx, ticket.id, messageId, input.message.attachments);
  recordMessage(cx, {
    ticketId: ticket.id,
    messageId,
    public: input.public,
    author: input.author,
    authorId: input.authorId,
    channel: ticket.channel,
    attachments: input.message.attachments ?? [],
    mentions,
  });
  await recordState(cx, ticket, after, input.status !== undefined);
  if (input.ccs) await changeCcs(cx, ticket, input.ccs);
  await followTicket(cx, ticket.id, mentions);
  return { messageId };
}

export function refuseClosed(ticket: Pick<TicketRow, 'id' | 'status'>): void {
  if (ticket.status !== 'closed') return;
  throw new HttpError(
    409,
    'ticket_closed',
    'This ticket is closed; only its tags can change. Open a follow-up.',
    {
      details: { ticketId: ticket.id },
    },
  );
}

/** What is written publicly goes to somebody: not where nothing is sent from, nor to nobody. Notes can be left. */
function refuseUnread(ticket: OpenThread, author: AuthorKind): void {
  if (author === 'system') return;
  const details = { ticketId: ticket.id };
  if (ticket.deletedAt) {
    throw conflict('This ticket is deleted; restore it to write to the customer.', details, 'ticket_deleted');
  }
  if (ticket.spamAt) {
    throw conflict(
      'This ticket is spam; take the mark away to write to the customer.',
      details,
      'ticket_spam',
    );
  }
  if (ticket.requesterDeleted) throw deletedRequester();
}

async function checkMentions(cx: CommandContext, ticket: OpenThread, input: Said): Promise<number[]> {
  const wanted = [...new Set(input.mentions ?? [])];
  if (wanted.length === 0) return [];
  if (input.public) throw invalid({ mentions: 'colleagues are named in notes only' });
  const allowed = await listMentionable(cx.tx, await getTicketRow(cx.tx, ticket.id), wanted);
  if (allowed.length < wanted.length) {
    throw invalid({ mentions: 'somebody named here is not on the staff or may not see this ticket' });
  }
  return wanted;
}

function nextState(cx: CommandContext, ticket: OpenThread, input: Said): AfterMessage {
  const answers = input.public && input.author === 'agent';
  const status = input.status ?? (answers && ticket.status === 'new' ? 'open' : ticket.status);
  // An acknowledgement says nothing that a list should show.
  const spoken = input.public && input.author !== 'system';
  return {
    status,
    assigneeId: answers && ticket.assigneeId === null ? input.authorId : ticket.assigneeId,
    solvedAt: status === 'solved' ? (ticket.solvedAt ?? cx.now) : null,
    waitingSince: answers || status === 'solved' ? null : ticket.waitingSince,
    lastMessageAt: input.public ? cx.now : ticket.lastMessageAt,
    preview: spoken ? previewOf(input.message.text) : ticket.preview,
  };
}

async function recordState(
  cx: CommandContext,
  ticket: OpenThread,
  after: AfterMessage,
  asked: boolean,
): Promise<void> {
  if (after.status !== ticket.status) {
    const cause = asked ? {} : ({ cause: 'replied' } as const);
    cx.record('ticket.status_changed', ticket.id, { from: ticket.status, to: after.status, ...cause });
    if (after.status === 'solved') await scheduleClosing(cx, ticket.id);
  }
  if (after.assigneeId !== null && after.assigneeId !== ticket.assigneeId) {
    cx.record('ticket.assigned', ticket.id, {
      from: null,
      to: after.assigneeId,
      by: 'agent',
      cause: 'replied',
    });
    cx.record('ticket.claimed', ticket.id, { agentId: after.assigneeId });
  }
}
