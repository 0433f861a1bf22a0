-- Promises: policies, and the clocks that hold the desk to them.

create table sla_policies (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  description text not null default '',
  -- The first that matches wins.
  position integer not null,
  version integer not null default 1,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index sla_policies_name on sla_policies (lower(name)) where deleted_at is null;

-- What a policy said at every moment: a change is a new row, so old figures can be recomputed.
create table sla_policy_versions (
  policy_id bigint not null references sla_policies,
  version integer not null,
  valid_from timestamptz not null,
  -- {filter: {all, any}, targets: [{target, priority, seconds, clock}], pausesIn: [status]}
  definition jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (policy_id, version)
);

-- Names the present set of policies; a new one at every change, so that a process knows whether it has read them.
create table sla_policy_stamp (
  only_row boolean primary key default true check (only_row),
  stamp uuid not null default gen_random_uuid()
);
insert into sla_policy_stamp default values;

-- What the clocks know of a ticket, folded from its events, and why its policy is the one it is.
create table ticket_slas (
  ticket_id bigint primary key references tickets,
  facts jsonb not null,
  policy_id bigint references sla_policies,
  policy_version integer,
  -- The conditions that matched, with the ticket's values then.
  reason jsonb,
  matched_at timestamptz,
  schedule_id bigint references schedules,
  -- Has a clock that still runs or is paused.
  live boolean not null
) with (fillfactor = 70);
create index ticket_slas_schedule on ticket_slas (schedule_id, ticket_id) where live and schedule_id is not null;

create table sla_clocks (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references tickets,
  target text not null check (target in ('first_reply', 'next_reply', 'resolution')),
  cycle integer not null check (cycle > 0),
  started_at timestamptz not null,
  -- The stretches that count, [from, to] in milliseconds since 1970; the last `to` is null while it runs.
  runs jsonb not null,
  paused_at timestamptz,
  fulfilled_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text check (cancelled_by in ('solved', 'hidden', 'handed_off')),
  -- The promise; all null while no policy gives one.
  policy_id bigint references sla_policies,
  policy_version integer,
  priority text,
  clock text check (clock in ('calendar', 'business')),
  target_seconds integer check (target_seconds > 0),
  applied_at timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  -- The first second past the target: on a business clock it can be days after `due_at`.
  overdue_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  unique (ticket_id, target, cycle),
  check ((cancelled_at is null) = (cancelled_by is null)),
  check ((target_seconds is null) = (clock is null))
) with (fillfactor = 70);
