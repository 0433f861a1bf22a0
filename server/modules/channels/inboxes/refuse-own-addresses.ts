import type { NowReaction } from '../../../platform/command.ts';
import { type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import { isEvent } from '../../../platform/events/event-map.ts';
import { invalid } from '../../../platform/http/errors.ts';

/**
 * The desk writes to nobody at its own addresses: each such mail would come back as a customer's. Mails are read with
 * that in mind; this is for what people and programs write. @throws 422
 */
export const refuseOwnOpening: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.opened') || event.actor.kind !== 'agent') return;
  const { requesterId } = event.data;
  const own = await findOwn(
    cx.tx,
    sql`customer_id = ${requesterId} or customer_id in (select customer_id from ticket_ccs where ticket_id = ${event.ticketId})`,
  );
  if (own) throw refused(own.customerId === requesterId ? 'requester' : 'ccs', own);
};

/** The same for who comes into copy later. */
export const refuseOwnCopies: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.cc_changed') || event.data.undoes || event.data.added.length === 0) return;
  const own = await findOwn(cx.tx, sql`customer_id = any(${event.data.added}::bigint[])`);
  if (own) throw refused('ccs', own);
};

interface Own {
  customerId: number;
  address: string;
}

/** Whatever is behind a plus comes to the same inbox. */
async function findOwn(db: Queryable, among: Sql): Promise<Own | undefined> {
  return db.maybe<Own>(sql`
    select customer_id as "customerId", address from customer_identities
    join inbox_addresses on address = regexp_replace(value_key, '\\+[^@]*@', '@')
    where kind = 'email' and is_primary and (${among}) limit 1`);
}

const refused = (field: string, { address }: Own) =>
  invalid({ [field]: `${address} is an address of this desk` });
