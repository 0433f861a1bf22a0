import type { CommandContext } from '../../platform/command.ts';
import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import { jsonRows } from '../../platform/db/json-rows.ts';
import type { AuthorKind, Channel, Origin, Priority, Status, TicketType } from './events.ts';
import { checkFields, fieldsWith } from './field-values.ts';
import { readFollowed } from './follow-up.ts';
import {
  attachFiles,
  messageInsertion,
  messageRecord,
  messageRecordTypes,
  nextMessageId,
} from './insert-message.ts';
import { type MessageContent, previewOf } from './message-content.ts';
import { checkAssignment } from './people.ts';
import { recordMessage } from './record-message.ts';
import { organizationOfRequester, unknownReference } from './refused-reference.ts';

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
  /** Default: of the ticket it follows. */
  tags?: string[] | undefined;
  fields?: Record<string, unknown>;
  /** Customers in copy, besides who took part in the ticket it follows. */
  ccs?: number[];
  externalId?: string | null;
  /** A closed ticket; its tags, fields and people come along. */
  followUpOf?: number | null;
  training?: boolean;
  /** Taken before, with something else. */
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

let asked = 0;
const idTaking: Joint<number, TicketIds & { n: number }> = {
  key: (n) => n,
  of: ({ n }) => n,
  statement: (numbers) => sql`
    select n, nextval('tickets_id_seq') as "ticketId", ${nextMessageId} as "messageId"
    from unnest(${numbers}::bigint[]) as wanted (n)`,
};

/** The same for one, together with others who open one. */
export async function takeIdsOfOne(tx: Queryable): Promise<TicketIds> {
  const [ids] = await tx.joined(idTaking, ++asked);
  return ids as TicketIds;
}

/**
 * A new ticket with its first message. Events: ticket.opened, then the message's; ticket.claimed for oneself; on the
 * ticket it follows ticket.followed_up.
 */
export async function openTicket(cx: CommandContext, input: OpenTicket): Promise<TicketIds> {
  const ticket = await completeTicket(cx, input);
  const ids = input.ids ?? (await takeIdsOfOne(cx.tx));
  const { ticketId, messageId } = ids;
  insertTicket(cx, input, ticket, ids);
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
  if (input.followUpOf) cx.record('ticket.followed_up', input.followUpOf, { ticketId });
  return { ticketId, messageId };
}

interface Completed {
  public: boolean;
  status: Status;
  origin: Origin;
  organizationId: number | null;
  tags: string[];
  fields: Record<string, unknown>;
  ccs: number[];
}

async function completeTicket(cx: CommandContext, input: OpenTicket): Promise<Completed> {
  const isPublic = input.message.public ?? true;
  const byDesk = isPublic && input.message.author === 'agent';
  if (input.assigneeId || input.teamId) {
    await checkAssignment(cx.tx, { assigneeId: input.assigneeId, teamId: input.teamId });
  }
  const followed = await readFollowed(cx.tx, input);
  const ccs = [...(input.ccs ?? []), ...followed.ccs];
  return {
    public: isPublic,
    status: byDesk ? 'open' : 'new',
    origin: input.origin ?? (byDesk ? 'proactive' : 'inbound'),
    organizationId:
      input.organizationId === undefined
        ? await organizationOfRequester(cx.tx, input.requesterId)
        : input.organizationId,
    tags: [...new Set(input.tags ?? followed.tags)].sort(),
    fields: fieldsWith(followed.fields, await checkFields(cx.tx, input.fields ?? {})),
    ccs: [...new Set(ccs)].filter((id) => id !== input.requesterId),
  };
}

function insertTicket(cx: CommandContext, input: OpenTicket, ticket: Completed, ids: TicketIds): void {
  const { message } = input;
  const waits = ticket.public && message.author === 'customer';
  cx.put(ticketOpening, {
    ...messageRecord(cx, {
      id: ids.messageId,
      ticketId: ids.ticketId,
      public: ticket.public,
      author: message.author,
      authorId: message.authorId,
      channel: input.channel,
      content: message,
      at: cx.now,
    }),
    ticket_id: ids.ticketId,
    subject: input.subject,
    status: ticket.status,
    type: input.type ?? null,
    priority: input.priority ?? null,
    tier: input.tier ?? null,
    team_id: input.teamId ?? null,
    assignee_id: input.assigneeId ?? null,
    requester_id: input.requesterId,
    organization_id: ticket.organizationId,
    origin: ticket.origin,
    inbox_id: input.inboxId ?? null,
    schedule_id: input.scheduleId ?? null,
    language: input.language ?? null,
    tags: ticket.tags,
    fields: ticket.fields,
    external_id: input.externalId ?? null,
    follow_up_of: input.followUpOf ?? null,
    training: input.training ?? false,
    counted: ticket.public ? 1 : 0,
    preview: ticket.public ? previewOf(message.text) : '',
    waiting_since: waits ? cx.now : null,
    opened_at: cx.now,
    ccs: ticket.ccs,
  });
}

type Opening = { ticket_id: number } & Record<string, unknown>;

const ticketOpening: Joint<Opening> = {
  key: ({ ticket_id }) => ticket_id,
  meaning: unknownReference,
  statement: (rows) => sql`
    with opened as (
      select * from json_to_recordset(${jsonRows(rows)}) as row (${messageRecordTypes}, subject text, status text,
        type text, priority text, tier smallint, team_id bigint, assignee_id bigint, requester_id bigint,
        organization_id bigint, origin text, inbox_id bigint, schedule_id bigint, language text, tags text[],
        fields jsonb, external_id text, follow_up_of bigint, training boolean, counted int, preview text,
        waiting_since timestamptz, opened_at timestamptz, ccs bigint[])
    ), ticket as (
      insert into tickets (id, subject, status, type, priority, tier, team_id, assignee_id, requester_id,
        organization_id, channel, origin, inbox_id, schedule_id, language, tags, fields, external_id, follow_up_of,
        training, message_count, last_message_at, preview, waiting_since, created_at, updated_at)
      select ticket_id, subject, status, type, priority, tier, team_id, assignee_id, requester_id, organization_id,
        channel, origin, inbox_id, schedule_id, language, tags, fields, external_id, follow_up_of, training, counted,
        opened_at, preview, waiting_since, opened_at, opened_at
      from opened
    ), copied as (
      insert into ticket_ccs (ticket_id, customer_id, since)
      select ticket_id, cc.id, opened_at from opened, unnest(ccs) as cc (id)
    ) ${messageInsertion(sql`opened`)}`,
};
