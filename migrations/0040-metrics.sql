-- What was measured: one row per measured thing, made from the event log and from nothing else.

create type measure as enum (
  'created', 'contact', 'solve', 'first_resolution', 'full_resolution', 'reopen', 'first_response',
  'first_response_wait', 'any_response', 'claim', 'claim_wait', 'backlog_flow', 'unsolved_stay', 'sla_outcome'
);

-- How far each ticket has been measured: its last sequence number, and the schedules it had, so that what still
-- waits can be aged on them: [[from second or null, schedule id or null], ...].
create table observed_tickets (
  ticket_id bigint primary key,
  seq integer not null,
  known_at timestamptz not null,
  schedules jsonb not null
);

-- Instants that a figure subtracts are whole seconds since 1970. A row is known from `recorded_at` (when the event
-- that made it was written) until `retracted_at`; rows are never rewritten, so what a period said is not lost.
create table observations (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  event_id bigint not null,
  at bigint not null,
  until bigint,
  since bigint,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  retracted_at timestamptz,
  retracted_by bigint,
  team_id bigint,
  agent_id bigint,
  measure measure not null,
  value integer not null,
  business_seconds integer,
  key text not null,
  kind text,
  channel text,
  tier text,
  priority text,
  language text,
  excluded_reason text
);
create unique index observations_known on observations (ticket_id, measure, key) where retracted_at is null;
create index observations_period on observations (measure, at);
create index observations_lasting on observations (measure, coalesce(until, 253402300799))
  where measure in ('first_response_wait', 'claim_wait', 'unsolved_stay');
