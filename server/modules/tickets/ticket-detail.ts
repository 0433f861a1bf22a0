import { type Queryable, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import type { Message, TicketDetail } from './contract.ts';
import { findNames, type Names } from './names.ts';
import { emailsOf } from './people.ts';
import { presentFor } from './present-ticket.ts';
import { getTicketRow } from './queries.ts';
import { authorsOf, listMessageRows, type MessageRow, presentMessage } from './read-messages.ts';
import { canSee, refuseUnseen } from './sight.ts';
import { type TicketRow, ticketColumns, ticketSource } from './ticket-row.ts';

interface Surroundings {
  followUps: number[];
  drafts: TicketDetail['drafts'];
}

/** A ticket with its conversation, as this person may see it. @throws 404 */
export async function getTicketDetail(
  db: Queryable,
  principal: Principal,
  id: number,
): Promise<TicketDetail> {
  if (principal.kind === 'customer') {
    return detailForCustomer(db, principal, refuseUnseen(principal, await getTicketRow(db, id)));
  }
  const reading = db.maybe<TicketRow & Surroundings>(sql`
    select ${ticketColumns},
      (select coalesce(jsonb_agg(later.id order by later.id), '[]') from tickets as later
        where later.follow_up_of = tickets.id) as "followUps",
      (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'body', body, 'updatedAt', drafts.updated_at)), '[]')
        from drafts where ticket_id = tickets.id and staff_id = ${principal.id}) as drafts
    from ${ticketSource} where id = ${id}`);
  const [row, messages] = await Promise.all([reading, listMessageRows(db, id)]);
  if (!row) throw notFound('This ticket');
  return detailForStaff(db, principal, refuseUnseen(principal, row), messages);
}

async function detailForStaff<R extends TicketRow & Surroundings>(
  db: Queryable,
  principal: Principal,
  row: R,
  messages: MessageRow[],
): Promise<TicketDetail> {
  const { names, emails } = await readPeople(db, row, messages);
  return {
    ...presentFor(principal, row, names),
    fields: row.fields,
    ccs: row.ccIds.map((customerId) => ({
      customerId,
      name: names.customer(customerId),
      email: emails.get(customerId) ?? null,
    })),
    followers: row.followerIds.map((staffId) => ({ staffId, name: names.staff(staffId) })),
    followUps: row.followUps,
    messages: messages.map((message) => presentMessage(message, names)),
    drafts: row.drafts.map((draft) => ({ ...draft, updatedAt: new Date(draft.updatedAt).toISOString() })),
  };
}

/** Public words only, from when this person was in copy; nothing of colleagues but their names. */
async function detailForCustomer(db: Queryable, principal: Principal, row: TicketRow): Promise<TicketDetail> {
  const since = await readSince(db, row.id, principal.id);
  const messages = (await listMessageRows(db, row.id)).filter(
    (message) => message.public && mayRead(since, message),
  );
  const { names } = await readPeople(db, { ...row, ccIds: [], followerIds: [] }, messages);
  return {
    ...presentFor(principal, row, names),
    fields: {},
    ccs: [],
    followers: [],
    followUps: [],
    messages: messages.map((message) => withoutInnerWorkings(presentMessage(message, names))),
    drafts: [],
  };
}

export const withoutInnerWorkings = (message: Message): Message => ({
  ...message,
  authorId: message.authorKind === 'customer' ? message.authorId : null,
  senderTrust: null,
  mentions: [],
  mail: null,
  delivery: null,
});

/** May this customer read this message, wherever its ticket has gone? */
export async function mayReadMessage(
  db: Queryable,
  principal: Principal,
  message: MessageRow,
): Promise<boolean> {
  const row = await getTicketRow(db, message.ticketId);
  if (!message.public || !canSee(principal, row)) return false;
  return mayRead(await readSince(db, row.id, principal.id), message);
}

/** A reply that can still be taken back, or was, has not been said to anybody. */
const unsaid = ['waiting', 'withdrawn'];

function mayRead(since: Map<number, Date>, message: MessageRow): boolean {
  if (message.deliveryState !== null && unsaid.includes(message.deliveryState)) return false;
  const from = since.get(message.ticketId);
  return from !== undefined && message.createdAt >= from;
}

/** From when on a customer may read each ticket of this conversation: all of one's own, the others since the copy. */
async function readSince(db: Queryable, ticketId: number, customerId: number): Promise<Map<number, Date>> {
  const rows = await db.all<{ id: number; since: Date }>(sql`
    with recursive family (id) as (
      select ${ticketId}::bigint
      union select tickets.id from family join tickets on tickets.merged_into = family.id
    )
    select tickets.id, case when requester_id = ${customerId} then created_at else ticket_ccs.since end as since
    from tickets left join ticket_ccs on ticket_ccs.ticket_id = tickets.id and customer_id = ${customerId}
    where tickets.id = any(array(select id from family))
      and (requester_id = ${customerId} or ticket_ccs.since is not null)`);
  return new Map(rows.map((row) => [row.id, row.since]));
}

async function readPeople(
  db: Queryable,
  row: TicketRow,
  messages: MessageRow[],
): Promise<{ names: Names; emails: Map<number, string | null> }> {
  const authors = authorsOf(messages);
  const [names, emails] = await Promise.all([
    findNames(db, {
      staff: [row.assigneeId, ...row.followerIds, ...authors.staff],
      customers: [row.requesterId, ...row.ccIds, ...authors.customers],
    }),
    emailsOf(db, row.ccIds),
  ]);
  return { names, emails };
}
