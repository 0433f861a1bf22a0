import type { NowReaction } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { isEvent } from '../../platform/events/event-map.ts';

/** Two customers turned out to be one: the other's tickets, copies and words are theirs. Event: ticket.requester_changed. */
const followMergedCustomer: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'customer.merged')) return;
  const { customerId, into } = event.data;
  const moved = await cx.tx.all<{ id: number }>(sql`
    update tickets set requester_id = ${into}, version = version + 1, updated_at = ${cx.now}
    where requester_id = ${customerId} returning id`);
  for (const { id } of moved) cx.record('ticket.requester_changed', id, { from: customerId, to: into });
  await cx.tx.write(sql`
    with gone as (delete from ticket_ccs where customer_id = ${customerId} returning ticket_id, since)
    insert into ticket_ccs (ticket_id, customer_id, since)
    select gone.ticket_id, ${into}, gone.since from gone join tickets on tickets.id = gone.ticket_id
    where tickets.requester_id <> ${into}
    on conflict (ticket_id, customer_id) do update set since = least(ticket_ccs.since, excluded.since)`);
  await cx.tx.write(sql`
    update messages set author_id = ${into} where author_kind = 'customer' and author_id = ${customerId}
      and ticket_id in (select id from tickets where requester_id = ${into}
        union select ticket_id from ticket_ccs where customer_id = ${into})`);
};

export const reactions = { 'customer.merged': followMergedCustomer };
