import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { organizationOf } from '../customers/index.ts';
import type { AuthorKind, Channel, Origin, Priority, Status, TicketType } from './events.ts';
import { checkFields, fieldsWith } from './field-values.ts';
import { attachFiles, messageInsertion, nextMessageId } from './insert-message.ts';
import { type MessageContent, previewOf } from './message-content.ts';
import { checkAssignment } from './people.ts';
import { recordMessage } from './record-message.ts';
import { refusingUnknown } from './refused-reference.ts';

export interface OpenTicket {
  subject: string;
  requesterId: number;
  /** The requester's, where it is known already; else it is looked up. */
  organizationId?: number | null;
  channel: Channel;
  /** Default: `proactive` when an agent's public message opens it, else `inbound`. */
  origin?: Origin;
  message: MessageContent & { author: AuthorKind; authorId: number | null; public?: boolean };
  inboxId?: number | null;
  scheduleId?: number | null;
  teamId?: number | null;
  assigneeId?: number | null;
  priority?: Priority | null;
  type?: TicketType | null;
  tier?: number | null;
  language?: string | null;
  tags?: string[];
  fields?: Record<string, unknown>;
  /** Customers in copy. */
  ccs?: number[];
  externalId?: string | null;
  followUpOf?: number | null;
  training?: boolean;
  /** Taken before, for many tickets at once: their insertions are then not waited for. */
  ids?: TicketIds | undefined;
}

export interface TicketIds {
  ticketId: number;
  messageId: number;
}

/** Ids for so many new tickets and their first messages. */
export function takeTicketIds(db: Queryable, count: number): Promise<TicketIds[]> {
  return db.all(sql`
    select nextval('tickets_id_seq') as "ticketId", ${nextMessageId} as "messageId"
    from generate_series(1, ${count}::int)`);
}

/** A new ticket with its first message. Events: ticket.opened, then the message's; ticket.claimed for oneself. */
export async function openTicket(cx: CommandContext, input: OpenTicket): Promise<TicketIds> {
  const ticket = await completeTicket(cx, input);
  const { ticketId, messageId } = await refusingUnknown(insertTicket(cx, input, ticket));
  await attachFiles(cx, ticketId, messageId, input.message.attachments);
  cx.record('ticket.opened', ticketId, {
    status: ticket.status,
    channel: input.channel,
    origin: ticket.origin,
    requesterId: input.requesterId,
    organizationId: ticket.organizationId,
    inboxId: input.inboxId ?? null,
    scheduleId: input.scheduleId ?? null,
    teamId: input.teamId ?? null,
    assigneeId: input.assigneeId ?? null,
    tier: input.tier ?? null,
    priority: input.priority ?? null,
    ticketType: input.type ?? null,
    language: input.language ?? null,
    tags: ticket.tags,
    training: input.training ?? false,
    followUpOf: input.followUpOf ?? null,
  });
  recordMessage(cx, { ticketId, messageId, channel: input.channel, ...input.message, public: ticket.public });
  const own = cx.actor.kind === 'agent' && input.assigneeId != null && input.assigneeId === cx.actor.id;
  if (own) cx.record('ticket.claimed', ticketId, { agentId: input.assigneeId as number });
  return { ticketId, messageId };
}

interface Completed {
  public: boolean;
  status: Status;
  origin: Origin;
  organizationId: number | null;
  tags: string[];
  fields: Record<string, unknown>;
}

async function completeTicket(cx: CommandContext, input: OpenTicket): Promise<Completed> {
  const isPublic = input.message.public ?? true;
  const byDesk = isPublic && input.message.author === 'agent';
  if (input.assigneeId || input.teamId) {
    await checkAssignment(cx.tx, { assigneeId: input.assigneeId, teamId: input.teamId });
  }
  return {
    public: isPublic,
    status: byDesk ? 'open' : 'new',
    origin: input.origin ?? (byDesk ? 'proactive' : 'inbound'),
    organizationId:
      input.organizationId === undefined
        ? await organizationOf(cx.tx, input.requesterId)
        : input.organizationId,
    tags: [...new Set(input.tags ?? [])].sort(),
    fields: input.fields ? fieldsWith({}, await checkFields(cx.tx, input.fields)) : {},
  };
}

async function insertTicket(cx: CommandContext, input: OpenTicket, ticket: Completed): Promise<TicketIds> {
  const { message, ids } = input;
  const waits = ticket.public && message.author === 'customer';
  const ccs = [...new Set(input.ccs ?? [])].filter((id) => id !== input.requesterId);
  const ticketId = ids ? sql`${ids.ticketId}` : sql`nextval('tickets_id_seq')`;
  const messageId = ids ? sql`${ids.messageId}::bigint` : nextMessageId;
  const saying = messageInsertion(cx, { id: messageId, ticketId: sql`ticket.id` }, sql`from ticket`, {
    ...message,
    public: ticket.public,
    channel: input.channel,
    content: message,
    at: cx.now,
  });
  const insertion = sql`
    with ticket as (
      insert into tickets (id, subject, status, type, priority, tier, team_id, assignee_id, requester_id,
        organization_id, channel, origin, inbox_id, schedule_id, language, tags, fields, external_id, follow_up_of,
        training, message_count, last_message_at, preview, waiting_since, created_at, updated_at)
      values (${ticketId}, ${input.subject.replaceAll('\u0000', '')}, ${ticket.status}, ${input.type ?? null},
        ${input.priority ?? null}, ${input.tier ?? null},
        ${input.teamId ?? null}, ${input.assigneeId ?? null}, ${input.requesterId}, ${ticket.organizationId},
        ${input.channel}, ${ticket.origin}, ${input.inboxId ?? null}, ${input.scheduleId ?? null},
        ${input.language ?? null}, ${ticket.tags}::text[], ${JSON.stringify(ticket.fields)}::jsonb,
        ${input.externalId ?? null}, ${input.followUpOf ?? null}, ${input.training ?? false},
        ${ticket.public ? 1 : 0}, ${cx.now}, ${ticket.public ? previewOf(message.text) : ''},
        ${waits ? cx.now : null}, ${cx.now}, ${cx.now})
      returning id
    ), message as (${saying}), copied as (
      insert into ticket_ccs (ticket_id, customer_id, since)
      select ticket.id, cc.id, ${cx.now} from ticket, unnest(${ccs}::bigint[]) as cc (id)
    )
    select ticket.id as "ticketId", message.id as "messageId" from ticket, message`;
  if (!ids) return cx.tx.one(insertion);
  cx.send(insertion);
  return ids;
}
