-- What the relay said of each recipient, so that who was refused for now is tried again alone, and who was refused for
-- good is named. A mail that some have and nobody else will get is a state of its own.

alter table outgoing_mails
  -- [{address, outcome: accepted, deferred, uncertain or refused, code, said}]: the last word on everybody tried.
  add column answers jsonb not null default '[]';
alter table outgoing_mails alter column answers set statistics 0;

alter domain outgoing_state drop constraint outgoing_state_check;
alter domain outgoing_state add constraint outgoing_state_check check (value in
  ('waiting', 'sending', 'sent', 'kept', 'retrying', 'uncertain', 'failed', 'partly_failed', 'withdrawn'));

create or replace view message_deliveries as
  select message_id, state, case when state = 'waiting' then send_at end as send_at, last_error as error, answers
  from outgoing_mails where message_id is not null;
