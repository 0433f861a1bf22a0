import type { NowReaction } from '../../../platform/command.ts';
import { type Joint, sql } from '../../../platform/db/database.ts';
import { isEvent } from '../../../platform/events/event-map.ts';
import { invalid } from '../../../platform/http/errors.ts';

/**
 * The desk writes to nobody at its own addresses: each such mail would come back as a customer's. Mails are read with
 * that in mind; this is for what people and programs write. @throws 422
 */
export const refuseOwnOpening: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.opened') || event.actor.kind !== 'agent' || event.ticketId === null) return;
  const [own] = await cx.tx.joined(ownOfTicket, event.ticketId);
  if (own) throw refused(own.customerId === event.data.requesterId ? 'requester' : 'ccs', own);
};

/** The same for who comes into copy later. */
export const refuseOwnCopies: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.cc_changed') || event.data.undoes || event.data.added.length === 0) return;
  const own = await cx.tx.maybe<Own>(sql`
    select customer_id as "customerId", address ${ownIdentities}
      and customer_id = any(${event.data.added}::bigint[]) limit 1`);
  if (own) throw refused('ccs', own);
};

/** The same for whom the ticket turns out to be for. One person in two keeps all their tickets. */
export const refuseOwnRequester: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.requester_changed') || event.data.cause === 'customers_merged') return;
  const own = await cx.tx.maybe<Own>(sql`
    select customer_id as "customerId", address ${ownIdentities} and customer_id = ${event.data.to} limit 1`);
  if (own) throw refused('requesterId', own);
};

/** A customer who gets such an address would have it written to from then on. */
export const refuseOwnIdentity: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'customer.identity_added') || event.data.kind !== 'email') return;
  const own = await cx.tx.maybe<Own>(sql`
    select customer_id as "customerId", address from ${ownAddresses} and id = ${event.data.identityId}`);
  if (own) throw refused('value', own);
};

interface Own {
  customerId: number;
  address: string;
}

/** Whatever is behind a plus comes to the same inbox. */
const ownAddresses = sql`customer_identities
  join inbox_addresses on address = regexp_replace(value_key, '\\+[^@]*@', '@')
  where kind = 'email'`;

/** What a customer is written to at. */
const ownIdentities = sql`from ${ownAddresses} and is_primary`;

const ownOfTicket: Joint<number, Own & { ticketId: number }> = {
  key: (id) => id,
  of: ({ ticketId }) => ticketId,
  statement: (ids) => sql`
    select wanted.id as "ticketId", own.* from unnest(${ids}::bigint[]) as wanted (id) cross join lateral (
      select customer_id as "customerId", address ${ownIdentities} and customer_id = any(array(
        select requester_id from tickets where tickets.id = wanted.id
        union all select customer_id from ticket_ccs where ticket_id = wanted.id)) limit 1) as own`,
};

const refused = (field: string, { address }: Own) =>
  invalid({ [field]: `${address} is an address of this desk` });
