-- A backup tells of mails that were about to go when it was made, and not whether they went afterwards: in a restored
-- desk they wait for a person.
alter domain outgoing_state drop constraint outgoing_state_check;
alter domain outgoing_state add constraint outgoing_state_check check (value in
  ('waiting', 'sending', 'sent', 'kept', 'retrying', 'uncertain', 'held', 'failed', 'partly_failed', 'withdrawn'));
