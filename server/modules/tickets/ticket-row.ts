import { sql } from '../../platform/db/database.ts';
import { customerNames } from '../customers/index.ts';
import type { Channel, Origin, Priority, Status, TicketType } from './events.ts';

/** A ticket as it is stored, with the people around it who may see it. */
export interface TicketRow {
  id: number;
  subject: string;
  status: Status;
  type: TicketType | null;
  priority: Priority | null;
  tier: number | null;
  teamId: number | null;
  assigneeId: number | null;
  requesterId: number;
  requesterName: string;
  organizationId: number | null;
  channel: Channel;
  origin: Origin;
  inboxId: number | null;
  scheduleId: number | null;
  language: string | null;
  tags: string[];
  fields: Record<string, unknown>;
  externalId: string | null;
  followUpOf: number | null;
  mergedInto: number | null;
  training: boolean;
  spamAt: Date | null;
  deletedAt: Date | null;
  version: number;
  /** Public messages, the ones of absorbed tickets included. */
  messageCount: number;
  lastMessageAt: Date | null;
  preview: string;
  waitingSince: Date | null;
  warnAt: Date | null;
  dueAt: Date | null;
  dueTarget: string | null;
  breached: boolean;
  solvedAt: Date | null;
  closedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Not deleted, not spam, not merged away, not training. */
  shown: boolean;
  followerIds: number[];
  ccIds: number[];
}

/** What stands in the row itself. */
export type LockedTicket = Omit<
  TicketRow,
  'requesterName' | 'warnAt' | 'dueAt' | 'dueTarget' | 'breached' | 'followerIds' | 'ccIds'
>;

export const lockedColumns = sql`tickets.id, subject, status, type, priority, tier, team_id as "teamId",
  assignee_id as "assigneeId", requester_id as "requesterId", organization_id as "organizationId", channel, origin,
  inbox_id as "inboxId", schedule_id as "scheduleId", language, tags, fields, external_id as "externalId",
  follow_up_of as "followUpOf", merged_into as "mergedInto", training, spam_at as "spamAt",
  deleted_at as "deletedAt", version, message_count as "messageCount", last_message_at as "lastMessageAt", preview,
  waiting_since as "waitingSince", solved_at as "solvedAt", closed_at as "closedAt", created_at as "createdAt",
  updated_at as "updatedAt", shown`;

/** Where `ticketColumns` are read from; only `tickets` may be locked. */
export const ticketSource = sql`tickets left join ticket_deadlines on ticket_deadlines.ticket_id = tickets.id`;

/** Who stands beside a ticket. */
export const sideColumns = sql`
  array(select staff_id from ticket_followers where ticket_id = tickets.id order by staff_id) as "followerIds",
  array(select customer_id from ticket_ccs where ticket_id = tickets.id order by customer_id) as "ccIds"`;

export const ticketColumns = sql`${lockedColumns}, ${customerNames.column(sql`requester_id`)} as "requesterName",
  warn_at as "warnAt", due_at as "dueAt", due_target as "dueTarget", coalesce(breached, false) as breached,
  ${sideColumns}`;
