-- The next promise of a ticket moves with every reply, by itself: in a table of its own its ticket, which stands in
-- ten indexes, need not be written again.

create table ticket_deadlines (
  ticket_id bigint primary key references tickets,
  -- From here on it is nearly used up.
  warn_at timestamptz,
  due_at timestamptz,
  -- Which promise; null when none runs.
  due_target text,
  -- One is being broken.
  breached boolean not null
) with (fillfactor = 80);

insert into ticket_deadlines (ticket_id, warn_at, due_at, due_target, breached)
select id, warn_at, due_at, due_target, breached from tickets where due_at is not null or breached;

create index ticket_deadlines_due on ticket_deadlines (due_at, ticket_id) where due_at is not null;

alter table tickets drop column warn_at, drop column due_at, drop column due_target, drop column breached;
