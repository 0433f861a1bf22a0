import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { requesters } from '../customers/index.ts';
import { isDisabled } from '../staff/index.ts';
import { nextMessageId } from './insert-message.ts';
import { refuseUnseen, seesAll } from './sight.ts';
import {
  type LockedTicket,
  lockedColumns,
  sideColumns,
  type TicketRow,
  ticketColumns,
  ticketSource,
} from './ticket-row.ts';

export { canSee } from './sight.ts';

const ticketReading: Joint<number, TicketRow> = {
  key: (id) => id,
  of: ({ id }) => id,
  statement: (ids) => sql`select ${ticketColumns} from ${ticketSource} where id = any(${ids}::bigint[])`,
};

export async function findTicketRow(db: Queryable, id: number): Promise<TicketRow | undefined> {
  const [row] = await db.joined(ticketReading, id);
  return row;
}

export async function getTicketRow(db: Queryable, id: number): Promise<TicketRow> {
  const row = await findTicketRow(db, id);
  if (!row) throw notFound('This ticket');
  return row;
}

/** In the order of the ids; the ones that do not exist are left out. */
export async function listTicketRows(db: Queryable, ids: number[]): Promise<TicketRow[]> {
  const rows = await db.all<TicketRow>(
    sql`select ${ticketColumns} from ${ticketSource} where id = any(${ids}::bigint[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The ticket, kept still until the command commits. */
export async function lockTicket(tx: Queryable, id: number): Promise<TicketRow> {
  const row = await tx.maybe<TicketRow>(
    sql`select ${ticketColumns} from ${ticketSource} where id = ${id} for no key update of tickets`,
  );
  if (!row) throw notFound('This ticket');
  return row;
}

/** Locks the ticket that a conversation now lives on: the end of its chain of merges. */
export async function lockLivingTicket(tx: Queryable, id: number): Promise<TicketRow> {
  let row = await lockTicket(tx, id);
  while (row.mergedInto !== null) row = await lockTicket(tx, row.mergedInto);
  return row;
}

/** A ticket that somebody is about to write on, with the id that their message gets. */
export interface OpenThread extends LockedTicket {
  nextMessageId: number;
  requesterDeleted: boolean;
  assigneeDisabled: boolean;
}

const threadLock: Joint<number, OpenThread> = {
  key: (id) => id,
  of: ({ id }) => id,
  statement: (ids) => sql`select ${lockedColumns}, ${nextMessageId} as "nextMessageId",
      ${requesters.isDeleted(sql`requester_id`)} as "requesterDeleted",
      coalesce(${isDisabled(sql`assignee_id`)}, false) as "assigneeDisabled" from tickets
    where id = any(${ids}::bigint[]) for no key update`,
};

/** Where a message to a ticket goes, kept still until the command commits: one round trip, and mostly a shared one. */
export async function lockThread(tx: Queryable, id: number): Promise<OpenThread> {
  const [row] = await tx.joined(threadLock, id);
  if (!row) throw notFound('This ticket');
  return row.mergedInto === null ? row : lockThread(tx, row.mergedInto);
}

type Sides = Pick<TicketRow, 'id' | 'followerIds' | 'ccIds'>;

const sidesReading: Joint<number, Sides> = {
  key: (id) => id,
  of: ({ id }) => id,
  statement: (ids) => sql`select id, ${sideColumns} from tickets where id = any(${ids}::bigint[])`,
};

/** The same, by somebody who may see it. @throws 404 */
export async function lockSeenThread(tx: Queryable, principal: Principal, id: number): Promise<OpenThread> {
  if (seesAll(principal)) return lockThread(tx, id);
  const [thread, early] = await Promise.all([lockThread(tx, id), tx.joined(sidesReading, id)]);
  const [sides] = thread.id === id ? early : await tx.joined(sidesReading, thread.id);
  return refuseUnseen(principal, { ...thread, ...(sides as Sides) });
}

/**
 * Where a conversation lives now, for somebody who may see every ticket on the way there: a merge is no side door.
 * @throws 404
 */
export async function getSeenTicket(db: Queryable, principal: Principal, id: number): Promise<TicketRow> {
  let row = refuseUnseen(principal, await getTicketRow(db, id));
  while (row.mergedInto !== null) row = refuseUnseen(principal, await getTicketRow(db, row.mergedInto));
  return row;
}
