-- The spine: the event log, its sequencer, consumers, jobs, settings, files.

create sequence command_ids as bigint;

create table events (
  id bigint generated always as identity primary key,
  command_id bigint not null,
  type text not null,
  version smallint not null default 1,
  ticket_id bigint,
  ticket_seq integer,
  actor_kind text not null check (actor_kind in ('agent', 'customer', 'bot', 'system')),
  actor_id bigint,
  caused_by bigint,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  xid8 xid8 not null default pg_current_xact_id(),
  position bigint,
  data jsonb not null default '{}',
  check ((ticket_id is null) = (ticket_seq is null))
);
create unique index events_position on events (position) where position is not null;
create index events_unsequenced on events (xid8, id) where position is null;
create unique index events_of_ticket on events (ticket_id, ticket_seq) where ticket_id is not null;

-- The last sequence number given out on each ticket; its row lock orders a ticket's events.
create table event_heads (
  ticket_id bigint primary key,
  seq integer not null
) with (fillfactor = 50);

create table event_cursor (
  only_row boolean primary key default true check (only_row),
  position bigint not null default 0
);
insert into event_cursor default values;

create table consumers (
  name text primary key,
  position bigint not null default 0,
  updated_at timestamptz not null default now(),
  last_error text
);

create table jobs (
  id bigint generated always as identity primary key,
  kind text not null,
  key text unique,
  payload jsonb not null default '{}',
  run_at timestamptz not null,
  priority smallint not null default 5,
  attempts integer not null default 0,
  max_attempts integer not null default 12,
  lease_until timestamptz,
  lease_token uuid,
  state text not null default 'ready' check (state in ('ready', 'dead')),
  last_error text,
  caused_by bigint,
  created_at timestamptz not null default now()
) with (fillfactor = 70);
create index jobs_due on jobs (priority, run_at, id) where state = 'ready';
create index jobs_dead on jobs (id) where state = 'dead';

create table settings (
  key text primary key,
  value jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by bigint
);

-- Files by content: the row is written after the bytes are durable on disk.
create table files (
  sha256 bytea primary key,
  size bigint not null,
  created_at timestamptz not null default now()
);

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
