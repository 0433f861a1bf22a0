import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { HttpError, invalid } from '../../platform/http/errors.ts';
import { changeCcs } from './change-ccs.ts';
import { followTicket } from './change-followers.ts';
import { scheduleClosing } from './close-solved.ts';
import type { AuthorKind, Status } from './events.ts';
import { attachFiles, messageInsertion } from './insert-message.ts';
import { type MessageContent, previewOf } from './message-content.ts';
import { listMentionable } from './people.ts';
import { lockThread, type OpenThread } from './queries.ts';
import { recordMessage } from './record-message.ts';
import { refuseMissedMessages } from './refuse-conflict.ts';
import type { TicketRow } from './ticket-row.ts';

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
  if (input.lastSeenMessageId !== undefined && input.public && !input.force) {
    await refuseMissedMessages(cx, ticket, input.lastSeenMessageId, input.authorId);
  }
  const mentions = await checkMentions(cx, ticket, input);
  const after = nextState(cx, ticket, input);
  const messageId = ticket.nextMessageId;
  insertAndUpdate(cx, ticket, input, mentions, after);
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
  await recordState(cx, ticket, after);
  if (input.ccs) await changeCcs(cx, ticket, input.ccs);
  await followTicket(cx, ticket.id, mentions);
  return { messageId };
}

export function refuseClosed(ticket: TicketRow): void {
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

async function checkMentions(cx: CommandContext, ticket: TicketRow, input: Said): Promise<number[]> {
  const wanted = [...new Set(input.mentions ?? [])];
  if (wanted.length === 0) return [];
  if (input.public) throw invalid({ mentions: 'colleagues are named in notes only' });
  const allowed = await listMentionable(cx.tx, ticket, wanted);
  if (allowed.length < wanted.length) {
    throw invalid({ mentions: 'somebody named here is not on the staff or may not see this ticket' });
  }
  return wanted;
}

interface NextState {
  status: Status;
  assigneeId: number | null;
  solvedAt: Date | null;
  waitingSince: Date | null;
}

function nextState(cx: CommandContext, ticket: TicketRow, input: Said): NextState {
  const answers = input.public && input.author === 'agent';
  const status = input.status ?? (answers && ticket.status === 'new' ? 'open' : ticket.status);
  const solvedAt = status === 'solved' ? (ticket.solvedAt ?? cx.now) : null;
  return {
    status,
    assigneeId: answers && ticket.assigneeId === null ? input.authorId : ticket.assigneeId,
    solvedAt,
    waitingSince: answers || status === 'solved' ? null : ticket.waitingSince,
  };
}

function insertAndUpdate(
  cx: CommandContext,
  ticket: OpenThread,
  input: Said,
  mentions: number[],
  after: NextState,
): void {
  const ids = { id: sql`${ticket.nextMessageId}::bigint`, ticketId: sql`ticket.id` };
  const insertion = messageInsertion(cx, ids, sql`from ticket`, {
    public: input.public,
    author: input.author,
    authorId: input.authorId,
    channel: ticket.channel,
    content: input.message,
    mentions,
    at: cx.now,
  });
  const shown = input.public;
  // An acknowledgement says nothing that a list should show.
  const spoken = shown && input.author !== 'system';
  cx.send(sql`
    with ticket as (
      update tickets set status = ${after.status}, assignee_id = ${after.assigneeId}, solved_at = ${after.solvedAt},
        waiting_since = ${after.waitingSince}, version = version + 1,
        message_count = message_count + ${shown ? 1 : 0}::int,
        last_message_at = ${shown ? cx.now : ticket.lastMessageAt},
        preview = ${spoken ? previewOf(input.message.text) : ticket.preview}, updated_at = ${cx.now}
      where id = ${ticket.id} returning id
    ) ${insertion}`);
}

async function recordState(cx: CommandContext, ticket: TicketRow, after: NextState): Promise<void> {
  if (after.status !== ticket.status) {
    cx.record('ticket.status_changed', ticket.id, { from: ticket.status, to: after.status });
    if (after.status === 'solved') await scheduleClosing(cx, ticket.id);
  }
  if (after.assigneeId !== null && after.assigneeId !== ticket.assigneeId) {
    cx.record('ticket.assigned', ticket.id, { from: null, to: after.assigneeId, by: 'agent' });
    cx.record('ticket.claimed', ticket.id, { agentId: after.assigneeId });
  }
}
