import type { CommandContext, NowReaction } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { isEvent } from '../../platform/events/event-map.ts';
import { requesters } from '../customers/index.ts';
import { nextVersion } from './next-version.ts';
import { releaseReactions } from './release-tickets.ts';

interface OnePerson {
  customerId: number;
  into: number;
}

/**
 * Two customers turned out to be one: the other's tickets, copies and words are theirs. Events:
 * ticket.requester_changed and, where the ticket belonged to the other's organization, ticket.organization_changed;
 * ticket.cc_changed.
 */
const followMergedCustomer: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'customer.merged')) return;
  await moveTickets(cx, event.data);
  await moveCopies(cx, event.data);
  await moveWords(cx, event.data);
};

async function moveTickets(cx: CommandContext, { customerId, into }: OnePerson): Promise<void> {
  const [gone, kept] = [await requesters.find(cx.tx, customerId), await requesters.find(cx.tx, into)];
  const [from, to] = [gone?.organizationId ?? null, kept?.organizationId ?? null];
  const moved = await cx.tx.all<{ id: number; follows: boolean }>(sql`
    with theirs as (
      select id, organization_id is not distinct from ${from}::bigint and ${from !== to}::boolean as follows
      from tickets where requester_id = ${customerId} order by id for no key update
    )
    update tickets set requester_id = ${into},
      organization_id = case when follows then ${to}::bigint else organization_id end, ${nextVersion(cx)}
    from theirs where tickets.id = theirs.id returning tickets.id, follows`);
  const cause = 'customers_merged';
  for (const { id, follows } of moved) {
    cx.record('ticket.requester_changed', id, { from: customerId, to: into, cause });
    if (follows) cx.record('ticket.organization_changed', id, { from, to, cause });
  }
}

/** Who is in copy stays so since the earlier of the two; nobody is in copy of their own ticket. */
async function moveCopies(cx: CommandContext, { customerId, into }: OnePerson): Promise<void> {
  const gone = await cx.tx.all<Gone>(sql`
    delete from ticket_ccs using tickets
    where tickets.id = ticket_id and (customer_id = ${customerId} or customer_id = ${into} and requester_id = ${into})
    returning ticket_id as "ticketId", customer_id as "customerId", since, requester_id = ${into} as own`);
  const moving = gone.filter(({ own }) => !own);
  const came = await cx.tx.all<{ ticketId: number; isNew: boolean }>(sql`
    insert into ticket_ccs (ticket_id, customer_id, since)
    select ticket_id, ${into}, since from unnest(${moving.map(({ ticketId }) => ticketId)}::bigint[],
      ${moving.map(({ since }) => since.toISOString())}::timestamptz[]) as moving (ticket_id, since)
    on conflict (ticket_id, customer_id) do update set since = least(ticket_ccs.since, excluded.since)
    returning ticket_id as "ticketId", xmax = 0 as "isNew"`);
  const added = new Set(came.flatMap(({ ticketId, isNew }) => (isNew ? [ticketId] : [])));
  const ids = [...new Set(gone.map(({ ticketId }) => ticketId))].sort((a, b) => a - b);
  await cx.tx.write(sql`update tickets set ${nextVersion(cx)} where id = any(${ids}::bigint[])`);
  for (const id of ids) {
    const removed = gone.filter(({ ticketId }) => ticketId === id).map((one) => one.customerId);
    const change = { added: added.has(id) ? [into] : [], removed };
    cx.record('ticket.cc_changed', id, { ...change, cause: 'customers_merged' });
  }
}

interface Gone {
  ticketId: number;
  customerId: number;
  since: Date;
  own: boolean;
}

async function moveWords(cx: CommandContext, { customerId, into }: OnePerson): Promise<void> {
  await cx.tx.write(sql`
    update messages set author_id = ${into} where author_kind = 'customer' and author_id = ${customerId}
      and ticket_id in (select id from tickets where requester_id = ${into}
        union select ticket_id from ticket_ccs where customer_id = ${into})`);
}

export const reactions = { 'customer.merged': followMergedCustomer, ...releaseReactions };
