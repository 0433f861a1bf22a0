-- Staff, teams, sign-in, customers. Staff and customers share one id space, as the wire's users do.

create sequence person_ids as bigint;

create table staff (
  id bigint primary key default nextval('person_ids'),
  name text not null check (name <> ''),
  email text not null,
  role text not null check (role in ('agent', 'lead', 'manager', 'admin')),
  ticket_scope text not null default 'all' check (ticket_scope in ('all', 'teams')),
  active boolean not null default true,
  password_hash text,
  locale text not null default 'en',
  time_zone text,
  signature text not null default '',
  preferences jsonb not null default '{}',
  version integer not null default 1,
  last_sign_in_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index staff_email on staff (lower(email));

create table teams (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  description text not null default '',
  version integer not null default 1,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index teams_name on teams (lower(name)) where deleted_at is null;

create table team_members (
  id bigint generated always as identity primary key,
  team_id bigint not null references teams,
  staff_id bigint not null references staff,
  is_default boolean not null default false,
  created_at timestamptz not null,
  unique (team_id, staff_id)
);
create index team_members_staff on team_members (staff_id);

create table organizations (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  domains text[] not null default '{}',
  details text not null default '',
  notes text not null default '',
  external_id text,
  tags text[] not null default '{}',
  fields jsonb not null default '{}',
  version integer not null default 1,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index organizations_name on organizations (lower(name)) where deleted_at is null;
create index organizations_domains on organizations using gin (domains);
create index organizations_external on organizations (external_id) where external_id is not null;

create table customers (
  id bigint primary key default nextval('person_ids'),
  name text not null default '',
  locale text,
  time_zone text,
  organization_id bigint references organizations,
  details text not null default '',
  notes text not null default '',
  tags text[] not null default '{}',
  external_id text,
  fields jsonb not null default '{}',
  suspended boolean not null default false,
  version integer not null default 1,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index customers_organization on customers (organization_id) where organization_id is not null;
create index customers_external on customers (external_id) where external_id is not null;

-- Several addresses, one person. `value_key` is the canonical form that must be unique.
create table customer_identities (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  kind text not null check (kind in ('email', 'phone', 'social', 'external')),
  value text not null,
  value_key text not null,
  is_primary boolean not null default false,
  verified boolean not null default false,
  created_at timestamptz not null,
  unique (kind, value_key)
);
create index customer_identities_customer on customer_identities (customer_id);

create table sessions (
  token_hash bytea primary key,
  id uuid not null unique default gen_random_uuid(),
  staff_id bigint references staff,
  customer_id bigint references customers,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check (num_nonnulls(staff_id, customer_id) = 1)
);
create index sessions_staff on sessions (staff_id) where staff_id is not null;

create table api_tokens (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  name text not null,
  staff_id bigint not null references staff,
  scopes text[] not null,
  last_four text not null,
  created_at timestamptz not null,
  created_by bigint references staff,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Links sent by mail: hashed, single use, short-lived.
create table mail_links (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('customer_sign_in', 'staff_password')),
  customer_id bigint references customers,
  staff_id bigint references staff,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null,
  check (num_nonnulls(staff_id, customer_id) = 1)
);

create table schedules (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  version integer not null default 1,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- What the hours were at every moment: a change is a new row, so old figures can be recomputed.
create table schedule_versions (
  schedule_id bigint not null references schedules,
  valid_from timestamptz not null,
  definition jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (schedule_id, valid_from)
);
