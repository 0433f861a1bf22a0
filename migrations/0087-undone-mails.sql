-- A message whose mail was taken off its ticket: nobody said it there.

create table undone_messages (
  message_id bigint primary key references messages,
  ticket_id bigint not null references tickets,
  mail_id bigint not null references mails,
  -- The ticket was deleted with it, and comes back with it.
  with_ticket boolean not null
);
create index undone_messages_of_ticket on undone_messages (ticket_id);
create index undone_messages_of_mail on undone_messages (mail_id);

create or replace view message_deliveries as
  select message_id, state, case when state = 'waiting' then send_at end as send_at, last_error as error, answers
  from outgoing_mails where message_id is not null
  union all
  select message_id, 'withdrawn'::outgoing_state, null::timestamptz, null::text, '[]'::jsonb from undone_messages;
