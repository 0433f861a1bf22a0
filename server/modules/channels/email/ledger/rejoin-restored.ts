import type { NowReaction } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { isEvent } from '../../../../platform/events/event-map.ts';

/** A ticket that was deleted with its mail is restored: the mail is there again, and must not come in once more. */
export const rejoinRestored: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.restored') || event.ticketId === null) return;
  await cx.tx.write(sql`
    with back as (
      delete from undone_messages as undone using mails
      where undone.ticket_id = ${event.ticketId} and with_ticket and mails.id = undone.mail_id
        and mails.cause = 'undone' and mails.fate in ('suspended', 'discarded')
      returning undone.*
    )
    update mails set fate = 'ticket', cause = null, detail = null, fate_before = null, ticket_id = back.ticket_id,
      message_id = back.message_id
    from back where mails.id = back.mail_id`);
};
