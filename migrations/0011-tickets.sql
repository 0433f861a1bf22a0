-- Merging, its way back, and what a message's delivery looks like from here.

create index tickets_merged_into on tickets (merged_into) where merged_into is not null;
create index tickets_follow_up_of on tickets (follow_up_of) where follow_up_of is not null;
create index ticket_followers_staff on ticket_followers (staff_id);
create index attachments_of_file on attachments (sha256);

-- One row while a ticket is merged away; unmerging takes back exactly what merging added.
create table ticket_merges (
  ticket_id bigint primary key references tickets,
  into_id bigint not null references tickets,
  -- The customer put in copy by this merge; null when that person was there already.
  added_cc bigint references customers,
  merged_at timestamptz not null
);

-- How an outgoing message fares. Empty until the module that sends mail replaces it.
create view message_deliveries as
  select null::bigint as message_id, null::text as state, null::timestamptz as send_at, null::text as error
  where false;

-- The solved view, and its count.
create index tickets_rested on tickets (updated_at desc, id desc) where shown and not unsolved;

-- How many shown tickets there are, unsolved and not, without counting them: the sums of both columns. A connection
-- always writes the same row of the many, so a transaction takes one lock here and two can hardly meet.
create table ticket_tallies (
  shard integer primary key,
  unsolved bigint not null default 0,
  rested bigint not null default 0
) with (fillfactor = 25);
insert into ticket_tallies (shard) select generate_series(0, 63);
insert into ticket_tallies (shard, unsolved, rested)
  select -1, count(*) filter (where unsolved), count(*) filter (where not unsolved) from tickets where shown;

create function tally_tickets(more_unsolved bigint, more_rested bigint) returns void language sql as $$
  update ticket_tallies set unsolved = unsolved + more_unsolved, rested = rested + more_rested
  where shard = pg_backend_pid() % 64 and (more_unsolved <> 0 or more_rested <> 0)
$$;

create function tally_new_tickets() returns trigger language plpgsql as $$
begin
  perform tally_tickets(count(*) filter (where unsolved), count(*) filter (where not unsolved))
  from written where shown;
  return null;
end $$;
create trigger tickets_tally_new after insert on tickets
  referencing new table as written for each statement execute function tally_new_tickets();

create function tally_dropped_tickets() returns trigger language plpgsql as $$
begin
  perform tally_tickets(-count(*) filter (where unsolved), -count(*) filter (where not unsolved))
  from dropped where shown;
  return null;
end $$;
create trigger tickets_tally_dropped after delete on tickets
  referencing old table as dropped for each statement execute function tally_dropped_tickets();

create function tally_changed_ticket() returns trigger language plpgsql as $$
begin
  perform tally_tickets(
    (new.shown and new.unsolved)::int - (old.shown and old.unsolved)::int,
    (new.shown and not new.unsolved)::int - (old.shown and not old.unsolved)::int);
  return null;
end $$;
create trigger tickets_tally_changed after update on tickets for each row
  when (old.shown <> new.shown or old.unsolved <> new.unsolved) execute function tally_changed_ticket();
