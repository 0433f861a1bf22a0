import type { CommandContext } from '../../platform/command.ts';
import { invalid, notFound } from '../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import {
  canSee,
  changeTicket,
  contentOf,
  type MessageContent,
  openTicket,
  receiveMessage,
  sendMessage,
  type TicketRow,
  ticketReads,
} from '../tickets/index.ts';
import { customerFor, kindOfUser } from './find-people.ts';
import { refuseUnsafe } from './refuse-unsafe.ts';
import type { ChangedTicketBody, CommentBody, NewTicketBody } from './ticket-body.ts';
import { readProperties, readRequester } from './ticket-properties.ts';
import { ownStatus } from './vocabulary.ts';

/** A ticket as the wire creates it: the comment's author speaks first, the asking agent unless another is named. */
export async function createWireTicket(
  cx: CommandContext,
  who: StaffPrincipal,
  body: NewTicketBody,
): Promise<number> {
  const comment: CommentBody = body.comment ?? { body: body.description ?? '', public: true };
  const asked = await readRequester(cx, body);
  const requesterId = asked ?? (await customerFor(cx, who.id, 'requester_id'));
  const author = await readAuthor(
    cx,
    comment.author_id ?? body.submitter_id ?? (asked ? who.id : requesterId),
  );
  if (author.kind === 'customer' && !comment.public)
    throw invalid({ 'comment.public': 'an end user writes no internal notes' });
  const properties = await readProperties(cx, body, null);
  const ticketId = await openWireTicket(cx, {
    subject: body.subject,
    requesterId,
    properties,
    followUpOf: await ticketReads.findFollowed(cx.tx, who, body.via_followup_source_id),
    author,
    public: comment.public,
    content: await readContent(cx, comment),
  });
  const { organizationId, ccs, followers } = properties;
  const rest = {
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(ccs ? { ccs } : {}),
    ...(followers ? { followers } : {}),
    ...readStatus(body.status),
  };
  if (Object.keys(rest).length > 0) await changeTicket(cx, { ticketId, change: rest });
  return ticketId;
}

interface WireOpening {
  subject: string | undefined;
  requesterId: number;
  properties: Awaited<ReturnType<typeof readProperties>>;
  followUpOf?: number | null;
  author: { kind: 'agent' | 'customer'; id: number };
  public: boolean;
  content: MessageContent;
}

/** Made now or imported, a ticket opens with the same properties. */
export async function openWireTicket(cx: CommandContext, opening: WireOpening): Promise<number> {
  const { properties, author, content } = opening;
  const { ticketId } = await openTicket(cx, {
    subject: opening.subject ?? subjectFrom(content.text),
    requesterId: opening.requesterId,
    channel: 'api',
    priority: properties.priority ?? null,
    type: properties.type ?? null,
    teamId: properties.teamId ?? null,
    assigneeId: properties.assigneeId ?? null,
    tags: properties.tags,
    ...(properties.fields ? { fields: withoutNull(properties.fields) } : {}),
    externalId: properties.externalId ?? null,
    followUpOf: opening.followUpOf ?? null,
    message: { ...content, author: author.kind, authorId: author.id, public: opening.public },
  });
  return ticketId;
}

/** A change as the wire makes it: properties and comment in one command, the status last. */
export async function updateWireTicket(
  cx: CommandContext,
  who: StaffPrincipal,
  ticketId: number,
  body: ChangedTicketBody,
): Promise<void> {
  const ticket = await ticketReads.lockTicket(cx.tx, ticketId);
  if (!canSee(who, ticket) || ticket.deletedAt) throw notFound('This ticket');
  await refuseUnsafe(cx, body, ticket);
  const status = body.status === wireNow(ticket) ? {} : readStatus(body.status);
  const change = await readProperties(cx, body, ticket);
  const { comment } = body;
  if (!comment) {
    if (Object.keys(change).length + Object.keys(status).length > 0) {
      await changeTicket(cx, { ticketId, change: { ...change, ...status } });
    }
    return;
  }
  if (Object.keys(change).length > 0) await changeTicket(cx, { ticketId, change });
  await addComment(cx, who, ticketId, comment, status);
}

async function addComment(
  cx: CommandContext,
  who: StaffPrincipal,
  ticketId: number,
  comment: CommentBody,
  status: OwnStatusChange,
): Promise<void> {
  const author = await readAuthor(cx, comment.author_id ?? who.id);
  const message = await readContent(cx, comment);
  if (author.kind === 'agent') {
    await sendMessage(cx, {
      ticketId,
      author: 'agent',
      authorId: author.id,
      public: comment.public,
      message,
      ...status,
    });
    return;
  }
  if (!comment.public) throw invalid({ 'comment.public': 'an end user writes no internal notes' });
  await receiveMessage(cx, { ticketId, customerId: author.id, channel: 'api', message });
  if (status.status) await changeTicket(cx, { ticketId, change: status });
}

interface OwnStatusChange {
  status?: 'open' | 'pending' | 'on_hold' | 'solved';
}

export function readStatus(status: NewTicketBody['status']): OwnStatusChange {
  if (status === undefined || status === 'new') return {};
  const own = ownStatus(status);
  if (own === 'new' || own === 'closed')
    throw invalid({ status: 'tickets are closed by the desk, some time after they are solved' });
  return { status: own };
}

const wireNow = (ticket: TicketRow): string => (ticket.status === 'on_hold' ? 'hold' : ticket.status);

export async function readAuthor(
  cx: CommandContext,
  id: number,
): Promise<{ kind: 'agent' | 'customer'; id: number }> {
  const kind = await kindOfUser(cx.tx, id);
  if (kind === null) throw invalid({ author_id: 'there is no such user' });
  return { kind: kind === 'staff' ? 'agent' : 'customer', id };
}

/** Upload tokens name one file, or several joined by dots. */
export async function readContent(
  cx: CommandContext,
  comment: CommentBody & { value?: string | undefined },
): Promise<MessageContent> {
  const tokens = typeof comment.uploads === 'string' ? [comment.uploads] : (comment.uploads ?? []);
  return contentOf(cx, {
    text: comment.body ?? comment.plain_body ?? comment.value ?? '',
    html: comment.html_body,
    attachments: tokens.flatMap((token) => token.split('.')),
  });
}

function subjectFrom(text: string): string {
  const line = [...text.replace(/\s+/gu, ' ').trim()].slice(0, 100).join('');
  return line || 'No subject';
}

function withoutNull(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
