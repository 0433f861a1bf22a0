import type { CommandContext } from '../../platform/command.ts';
import { insertHistory, type PastEvent } from '../../platform/events/insert-history.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { changeTicket, receiveMessage, sendMessage } from '../tickets/index.ts';
import { customerFor } from './find-people.ts';
import type { ImportedComment, ImportedTicket } from './ticket-body.ts';
import { readProperties, readRequester } from './ticket-properties.ts';
import { ownStatus } from './vocabulary.ts';
import { openWireTicket, readAuthor, readContent } from './write-ticket.ts';

/**
 * A ticket with its history: it is opened, commented and solved at the times it names, by the commands that would
 * have run then. What they tell goes straight into the log, as every history's does: nothing reacts, so nothing is
 * mailed, however young it is.
 */
export async function importTicket(
  cx: CommandContext,
  who: StaffPrincipal,
  body: ImportedTicket,
): Promise<number> {
  const told: PastEvent[] = [];
  const ticketId = await importPast(quietly(cx, told), who, body);
  await insertHistory(cx.tx, cx.commandId, cx.now, told);
  return ticketId;
}

/** The same command, but who would react to a ticket's events does not hear of them. */
function quietly(cx: CommandContext, told: PastEvent[]): CommandContext {
  return {
    ...cx,
    record: (type, ticketId, data, at = cx.now) => {
      if (ticketId === null) cx.record(type, ticketId, data, at);
      else told.push({ type, ticketId, data, at, actor: cx.actor, causedBy: cx.causedBy });
    },
    as: (actor) => quietly(cx.as(actor), told),
  };
}

/** The same command at another time: rows and events of the past are dated then, and recorded now. */
function contextAt(cx: CommandContext, at: Date): CommandContext {
  return {
    ...cx,
    now: at,
    record: (type, ticketId, data, when) => cx.record(type, ticketId, data, when ?? at),
    as: (actor) => contextAt(cx.as(actor), at),
  };
}

async function importPast(cx: CommandContext, who: StaffPrincipal, body: ImportedTicket): Promise<number> {
  const comments = orderedComments(cx, body);
  const first = comments[0] as DatedComment;
  const openedAt = readPast(cx, body.created_at ?? first.created_at, cx.now, 'created_at');
  const properties = await readProperties(cx, body, null);
  const requesterId = (await readRequester(cx, body)) ?? (await customerFor(cx, who.id, 'requester_id'));
  const author = await readAuthor(cx, first.author_id ?? body.submitter_id ?? requesterId);
  const ticketId = await openWireTicket(contextAt(cx.as(actorFor(author)), openedAt), {
    subject: body.subject,
    requesterId,
    properties,
    author,
    public: first.public,
    content: await readContent(cx, first),
  });
  for (const comment of comments.slice(1)) {
    await addPastComment(cx, ticketId, comment, comment.at < openedAt ? openedAt : comment.at);
  }
  await bringToStatus(cx, ticketId, body, comments.at(-1)?.at ?? openedAt);
  return ticketId;
}

type DatedComment = ImportedComment & { at: Date };

function orderedComments(cx: CommandContext, body: ImportedTicket): DatedComment[] {
  const given = [...(body.comment ? [body.comment] : []), ...body.comments];
  const [own] = given;
  const start: ImportedComment[] =
    body.description && body.description !== (own?.body ?? own?.value)
      ? [{ body: body.description, public: true, created_at: body.created_at }]
      : [];
  const all = [...start, ...given].map((comment) => ({
    ...comment,
    at: readPast(
      cx,
      comment.created_at,
      readPast(cx, body.created_at, cx.now, 'created_at'),
      'comments.created_at',
    ),
  }));
  if (all.length === 0) throw invalid({ comments: 'a ticket begins with a comment' });
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function readPast(cx: CommandContext, text: string | null | undefined, otherwise: Date, field: string): Date {
  if (!text) return otherwise;
  const at = new Date(text);
  if (at.getTime() > cx.now.getTime() + 1000) throw invalid({ [field]: 'lies in the future' });
  if (at.getUTCFullYear() < 1970) throw invalid({ [field]: 'lies before 1970' });
  return at;
}

const actorFor = (author: { kind: 'agent' | 'customer'; id: number }) =>
  ({ kind: author.kind, id: author.id }) as const;

async function addPastComment(
  cx: CommandContext,
  ticketId: number,
  comment: DatedComment,
  at: Date,
): Promise<void> {
  const author = await readAuthor(cx, comment.author_id ?? cx.actor.id ?? 0);
  const message = await readContent(cx, comment);
  const then = contextAt(cx.as(actorFor(author)), at);
  if (author.kind === 'agent') {
    await sendMessage(then, {
      ticketId,
      author: 'agent',
      authorId: author.id,
      public: comment.public,
      message,
    });
  } else {
    await receiveMessage(then, { ticketId, customerId: author.id, channel: 'api', message, at });
  }
}

/** Solved at the time named, else with the last comment; "closed" is solved, and closes as every ticket does. */
async function bringToStatus(
  cx: CommandContext,
  ticketId: number,
  body: ImportedTicket,
  last: Date,
): Promise<void> {
  const status =
    body.status === 'closed' || (body.solved_at && !body.status) ? 'solved' : ownStatus(body.status ?? 'new');
  if (status === 'new' || status === 'closed') return;
  const at = status === 'solved' ? readPast(cx, body.solved_at, last, 'solved_at') : last;
  await changeTicket(contextAt(cx, at < last ? last : at), { ticketId, change: { status } });
}
