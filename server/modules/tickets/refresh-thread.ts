import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { previewOf } from './message-content.ts';
import { nextVersion } from './next-version.ts';
import { lockLivingTicket } from './queries.ts';
import { familyOf } from './read-messages.ts';

interface Thread {
  count: number;
  lastAt: Date | null;
  lastText: string | null;
  waitingSince: Date | null;
}

/** Of a message: it was taken back before it was sent, so nothing was said. */
const isTakenBack = sql`exists (select from message_deliveries
  where message_deliveries.message_id = messages.id and state = 'withdrawn')`;

/** Counts a conversation anew from its messages, when some came, went or lost their words. */
export async function refreshThread(tx: Queryable, ticketId: number): Promise<void> {
  const thread = await tx.one<Thread>(sql`${familyOf(ticketId)},
    said as (
      select id, created_at, author_kind, text from messages
      where ticket_id = any(array(select id from family)) and public and not ${isTakenBack}
    ), answered as (
      select created_at, id from said where author_kind = 'agent' order by created_at desc, id desc limit 1
    )
    select (select count(*) from said) as count, (select max(created_at) from said) as "lastAt",
      (select text from said where author_kind <> 'system' order by created_at desc, id desc limit 1) as "lastText",
      (select min(created_at) from said where author_kind = 'customer' and not exists (
        select from answered where (answered.created_at, answered.id) > (said.created_at, said.id))) as "waitingSince"`);
  await tx.write(sql`
    update tickets set message_count = ${thread.count}, last_message_at = ${thread.lastAt},
      preview = ${previewOf(thread.lastText ?? '')},
      waiting_since = case when unsolved then ${thread.waitingSince}::timestamptz end
    where id = ${ticketId}`);
}

/** The same for the ticket on which something changed and the one it lives on now; both are seen to have changed. */
export async function refreshConversation(cx: CommandContext, ticketId: number): Promise<void> {
  const living = await lockLivingTicket(cx.tx, ticketId);
  await cx.tx.write(sql`update tickets set ${nextVersion(cx)} where id in (${ticketId}, ${living.id})`);
  for (const id of new Set([ticketId, living.id])) await refreshThread(cx.tx, id);
}

/** Since when a customer had been waiting in a conversation by the end of `until`; null where nobody was. */
export async function findWaitingSince(tx: Queryable, ticketId: number, until: Date): Promise<Date | null> {
  const row = await tx.one<{ since: Date | null }>(sql`${familyOf(ticketId)},
    said as (
      select id, created_at, author_kind from messages
      where ticket_id = any(array(select id from family)) and public and not ${isTakenBack}
        and created_at <= ${until}
    )
    select min(created_at) as since from said
    where author_kind = 'customer' and (select unsolved from tickets where id = ${ticketId})
      and not exists (select from said as answer where answer.author_kind = 'agent'
        and (answer.created_at, answer.id) > (said.created_at, said.id))`);
  return row.since;
}
