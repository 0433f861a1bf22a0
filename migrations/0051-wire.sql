-- The wire: staff and customers as one list of users, and jobs over many records.

create view wire_users as
  select id, 'staff' as kind, name, email, null::text as phone, role, active, not active as suspended, locale, time_zone,
    null::bigint as organization_id,
    (select team_id from team_members where staff_id = staff.id order by is_default desc, id limit 1) as default_group_id,
    ''::text as details, ''::text as notes, signature, '{}'::text[] as tags, null::text as external_id,
    '{}'::jsonb as fields, true as verified, ticket_scope, last_sign_in_at, created_at, updated_at
  from staff
  union all
  select id, 'customer', name,
    (select value from customer_identities where customer_id = customers.id and kind = 'email'
      order by is_primary desc, id limit 1),
    (select value from customer_identities where customer_id = customers.id and kind = 'phone'
      order by is_primary desc, id limit 1),
    'end-user', deleted_at is null, suspended, locale, time_zone, organization_id, null::bigint, details, notes, '',
    tags, external_id, fields,
    exists (select from customer_identities where customer_id = customers.id and kind = 'email' and verified),
    null, null::timestamptz, created_at, updated_at
  from customers where merged_into is null;

create table wire_jobs (
  id text primary key,
  -- The wire's name of it, such as "Bulk Create Ticket".
  job_type text not null,
  -- Which of our commands runs for each item.
  work text not null,
  items jsonb not null,
  -- Who asked, with the rights they had.
  asked_by jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'working', 'completed', 'failed')),
  -- Items done; written in the same commit as the last one's effect.
  progress integer not null default 0,
  total integer not null,
  results jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index wire_jobs_newest on wire_jobs (created_at desc);
