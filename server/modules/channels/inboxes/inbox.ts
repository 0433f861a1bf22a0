import { type Queryable, sql } from '../../../platform/db/database.ts';

export interface Inbox {
  id: number;
  name: string;
  /** The first one is where answers come from. */
  addresses: string[];
  teamId: number | null;
  scheduleId: number | null;
  signature: string;
  language: string | null;
  defaultPriority: 'low' | 'normal' | 'high' | 'urgent' | null;
  acknowledge: boolean;
  active: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const columns = sql`id, name, team_id as "teamId", schedule_id as "scheduleId", signature, language,
  default_priority as "defaultPriority", acknowledge, active, version, created_at as "createdAt",
  updated_at as "updatedAt", array(select address from inbox_addresses where inbox_id = inboxes.id
    order by position) as addresses`;

export function listInboxes(db: Queryable): Promise<Inbox[]> {
  return db.all<Inbox>(sql`select ${columns} from inboxes order by id`);
}

export function findInbox(db: Queryable, id: number): Promise<Inbox | undefined> {
  return db.maybe<Inbox>(sql`select ${columns} from inboxes where id = ${id}`);
}

/** `address` without its plus part, lower case. */
export function findInboxOfAddress(db: Queryable, address: string): Promise<Inbox | undefined> {
  return db.maybe<Inbox>(sql`select ${columns} from inboxes
    where active and id = (select inbox_id from inbox_addresses where address = ${address})`);
}

/** The inbox that answers when a ticket has none: the oldest active one. */
export function findFirstInbox(db: Queryable): Promise<Inbox | undefined> {
  return db.maybe<Inbox>(sql`select ${columns} from inboxes where active order by id limit 1`);
}
