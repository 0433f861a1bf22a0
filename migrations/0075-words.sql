-- Which words a column may hold is said by domains: the server reads the text of a table's checks anew for every
-- statement that writes there, which was a tenth of what a reply cost it; a domain's it reads once a connection.
-- A domain gets its check after the columns, so that no table is written anew but that of the tickets.

create domain actor_kind as text;
create domain ticket_status as text;
create domain ticket_type as text;
create domain ticket_priority as text;
create domain ticket_channel as text;
create domain ticket_origin as text;
create domain ticket_tier as smallint;
create domain sender_trust as text;
create domain mail_fate as text;
create domain outgoing_kind as text;
create domain outgoing_state as text;
create domain job_state as text;
create domain sla_target as text;
create domain sla_measure as text;
create domain sla_cancel_cause as text;
create domain positive_int as int;

drop trigger tickets_tally_changed on tickets;
alter table tickets drop column unsolved;
drop view message_deliveries;

alter table events alter actor_kind type actor_kind, drop constraint events_actor_kind_check;
alter table jobs alter state type job_state, drop constraint jobs_state_check;
alter table tickets alter status type ticket_status, drop constraint tickets_status_check,
  alter type type ticket_type, drop constraint tickets_type_check,
  alter priority type ticket_priority, drop constraint tickets_priority_check,
  alter channel type ticket_channel, drop constraint tickets_channel_check,
  alter origin type ticket_origin, drop constraint tickets_origin_check,
  alter tier type ticket_tier, drop constraint tickets_tier_check;
alter table messages alter author_kind type actor_kind, drop constraint messages_author_kind_check,
  alter sender_trust type sender_trust, drop constraint messages_sender_trust_check;
alter table mails alter fate type mail_fate, drop constraint mails_fate_check,
  alter trust type sender_trust, drop constraint mails_trust_check;
alter table outgoing_mails alter kind type outgoing_kind, drop constraint outgoing_mails_kind_check,
  alter state type outgoing_state, drop constraint outgoing_mails_state_check;
alter table sla_clocks alter target type sla_target, drop constraint sla_clocks_target_check,
  alter clock type sla_measure, drop constraint sla_clocks_clock_check,
  alter cancelled_by type sla_cancel_cause, drop constraint sla_clocks_cancelled_by_check,
  alter cycle type positive_int, drop constraint sla_clocks_cycle_check,
  alter target_seconds type positive_int, drop constraint sla_clocks_target_seconds_check;

alter domain actor_kind add check (value in ('agent', 'customer', 'bot', 'system'));
alter domain ticket_status add check (value in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed'));
alter domain ticket_type add check (value in ('question', 'incident', 'problem', 'task'));
alter domain ticket_priority add check (value in ('low', 'normal', 'high', 'urgent'));
alter domain ticket_channel add check (value in ('email', 'phone', 'chat', 'form', 'social', 'sms', 'api'));
alter domain ticket_origin add check (value in ('inbound', 'on_behalf', 'proactive'));
alter domain ticket_tier add check (value between 1 and 4);
alter domain sender_trust add check (value in ('pass', 'fail', 'unknown'));
alter domain mail_fate add check (value in
  ('received', 'ticket', 'reply', 'auto_reply', 'bounce', 'suspended', 'quarantined', 'duplicate', 'discarded'));
alter domain outgoing_kind add check (value in ('reply', 'acknowledgement', 'link'));
alter domain outgoing_state add check (value in
  ('waiting', 'sending', 'sent', 'kept', 'retrying', 'uncertain', 'failed', 'withdrawn'));
alter domain job_state add check (value in ('ready', 'dead'));
alter domain sla_target add check (value in ('first_reply', 'next_reply', 'resolution', 'claim'));
alter domain sla_measure add check (value in ('calendar', 'business'));
alter domain sla_cancel_cause add check (value in ('solved', 'hidden', 'handed_off', 'unmerged', 'withdrawn'));
alter domain positive_int add check (value > 0);

create view message_deliveries as
  select message_id, state, case when state = 'waiting' then send_at end as send_at, last_error as error
  from outgoing_mails where message_id is not null;

alter table tickets add column
  unsolved boolean not null generated always as (status in ('new', 'open', 'pending', 'on_hold')) stored;
create index tickets_open_updated on tickets (updated_at desc, id desc) where shown and unsolved;
create index tickets_rested on tickets (updated_at desc, id desc) where shown and not unsolved;
create index tickets_waiting on tickets (waiting_since, id) where shown and unsolved and waiting_since is not null;
create index tickets_assignee on tickets (assignee_id, updated_at desc, id desc) where shown and unsolved;
create index tickets_team on tickets (team_id, updated_at desc, id desc) where shown and unsolved;
create trigger tickets_tally_changed after update on tickets for each row
  when (old.shown <> new.shown or old.unsolved <> new.unsolved) execute function tally_changed_ticket();
