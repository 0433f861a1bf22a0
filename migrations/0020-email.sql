-- Mail: inboxes, what came in and its fate, what goes out and its state.

create table inboxes (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  team_id bigint references teams,
  schedule_id bigint references schedules,
  signature text not null default '',
  language text,
  default_priority text check (default_priority in ('low', 'normal', 'high', 'urgent')),
  -- Answer a first mail at once with its number and the promised time.
  acknowledge boolean not null default true,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- The first address is the one answers come from. `address` is lower case.
create table inbox_addresses (
  address text primary key check (address = lower(address) and address ~ '^[^@\s+]+@[^@\s]+$'),
  inbox_id bigint not null references inboxes,
  position integer not null
);
create index inbox_addresses_inbox on inbox_addresses (inbox_id, position);

alter table tickets add constraint tickets_inbox foreign key (inbox_id) references inboxes;

-- Secrets that sign reply addresses and Message-IDs. The newest signs, all of them verify.
create table mail_keys (
  id smallint primary key check (id between 1 and 31),
  secret bytea not null check (length(secret) = 32),
  created_at timestamptz not null default now()
);

-- Every mail that was accepted, and what became of it.
create table mails (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  envelope_from text not null,
  envelope_to text not null,
  remote text not null,
  size integer not null,
  sha256 bytea not null,
  -- Until a job has moved it to the file store.
  raw bytea,
  file bytea references files,
  erased boolean not null default false,
  inbox_id bigint references inboxes,
  fate text not null default 'received' check (fate in
    ('received', 'ticket', 'reply', 'auto_reply', 'bounce', 'suspended', 'quarantined', 'duplicate', 'discarded')),
  cause text,
  detail text,
  flags text[] not null default '{}',
  trust text check (trust in ('pass', 'fail', 'unknown')),
  ticket_id bigint references tickets,
  message_id bigint references messages,
  duplicate_of bigint references mails,
  -- What discarding took away, so that it can be given back.
  fate_before text,
  header_id text,
  from_address text,
  from_name text,
  subject text,
  attempts integer not null default 0,
  read_at timestamptz
) with (fillfactor = 85);
alter table mails alter column raw set storage external;
create index mails_sha256 on mails (sha256);
create index mails_header_id on mails (header_id) where header_id is not null;
create index mails_sender on mails (from_address, received_at) where from_address is not null;
create index mails_of_ticket on mails (ticket_id) where ticket_id is not null;
create index mails_of_message on mails (message_id) where message_id is not null;
create index mails_by_fate on mails (fate, id desc);
create index mails_to_store on mails (id) where raw is not null;
create index mails_of_file on mails (file) where file is not null;

-- Every mail that goes out, and its state.
create table outgoing_mails (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('reply', 'acknowledgement', 'link')),
  -- Sent by the desk of its own accord: counted against the limits of automatic mail.
  automatic boolean not null,
  ticket_id bigint references tickets,
  message_id bigint unique references messages,
  inbox_id bigint references inboxes,
  author_id bigint,
  from_name text not null,
  from_address text not null,
  recipients text[] not null,
  ccs text[] not null default '{}',
  -- Empty for the null return path.
  return_path text not null,
  reply_to text,
  subject text not null,
  header_id text not null unique,
  in_reply_to text,
  reference_ids text[] not null default '{}',
  -- The text of mails that are no ticket's message.
  text text,
  html text,
  raw bytea,
  state text not null default 'waiting' check (state in
    ('waiting', 'sending', 'sent', 'kept', 'retrying', 'uncertain', 'failed', 'withdrawn')),
  send_at timestamptz not null,
  attempts integer not null default 0,
  last_error text,
  sent_at timestamptz,
  created_at timestamptz not null
) with (fillfactor = 85);
create index outgoing_mails_of_ticket on outgoing_mails (ticket_id, id) where ticket_id is not null;
create index outgoing_mails_automatic on outgoing_mails ((recipients[1]), created_at) where automatic;
create index outgoing_mails_open on outgoing_mails (state, id desc);

create or replace view message_deliveries as
  select message_id, state, case when state = 'waiting' then send_at end as send_at, last_error as error
  from outgoing_mails where message_id is not null;
