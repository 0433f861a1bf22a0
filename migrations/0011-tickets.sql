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
