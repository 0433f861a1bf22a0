-- What must hold after any crash and recovery. Every query returns no row; a row names what broke.

-- I1: a received mail has one fate, and one that became a message names it.
select 'I1 a mail without its reading job or fate' as broken, mails.id
from mails where fate = 'received'
  and not exists (select 1 from jobs where jobs.kind in ('mail.read', 'mail.read_one')
    and jobs.payload -> 'mailIds' @> to_jsonb(mails.id));

select 'I1 a threaded mail without its message' as broken, mails.id
from mails where fate in ('ticket', 'reply') and (ticket_id is null or message_id is null);

select 'I1 one message from two mails' as broken, message_id as id
from mails where message_id is not null and fate in ('ticket', 'reply') group by message_id having count(*) > 1;

-- I2: an answer that was to be mailed has exactly one outgoing mail, under one Message-ID.
select 'I2 two outgoing mails for one message' as broken, message_id as id
from outgoing_mails where message_id is not null group by message_id having count(*) > 1;

select 'I2 one Message-ID for two mails' as broken, min(id) as id
from outgoing_mails group by header_id having count(*) > 1;

select 'I2 a mail on its way without its job' as broken, outgoing_mails.id
from outgoing_mails where state in ('waiting', 'sending', 'retrying', 'uncertain')
  and not exists (select 1 from jobs where jobs.key = 'mail.send:' || outgoing_mails.id);

-- I3: each promise is warned of and broken at most once, and once more when a merge that made it older was undone.
select 'I3 an SLA event fired twice' as broken, (data ->> 'clockId')::bigint as id
from events where type in ('sla.warned', 'sla.breached')
group by type, ticket_id, data ->> 'clockId', data ->> 'cycle', data ->> 'target'
having count(*) > 1 + (select count(*) from events as undone
  where undone.type = 'ticket.released' and undone.ticket_id = events.ticket_id);

-- I6: a ticket's events are numbered 1..n, and the log's positions have no gap.
select 'I6 a gap in a ticket''s events' as broken, ticket_id as id
from events where ticket_id is not null group by ticket_id having max(ticket_seq) <> count(*) or min(ticket_seq) <> 1;

select 'I6 a gap in the log' as broken, count(*) as id
from events where position is not null having max(position) <> count(*);

select 'I6 the cursor is not the last position' as broken, event_cursor.position as id
from event_cursor where position <> coalesce((select max(position) from events), 0);

-- I7: nothing hangs in the air.
select 'I7 a ticket that was never opened' as broken, tickets.id
from tickets where not exists (select 1 from events where events.ticket_id = tickets.id and type = 'ticket.opened');

select 'I7 a ticket without a message' as broken, tickets.id
from tickets where not exists (select 1 from messages where messages.ticket_id = tickets.id);

select 'I7 a message without its event' as broken, messages.id
from messages where not exists (
  select 1 from events where events.ticket_id = messages.ticket_id
    and events.type in ('message.received', 'message.sent', 'note.added')
    and (events.data ->> 'messageId')::bigint = messages.id);

select 'I7 a consumer ahead of the log' as broken, consumers.position as id
from consumers, event_cursor where consumers.position > event_cursor.position;
