-- Which tickets came from somewhere else, so that the same lines again change nothing.
create table imported_tickets (
  source_id text primary key,
  ticket_id bigint not null references tickets,
  -- Digest of the line without its events, and of the events taken so far, in their order.
  about bytea not null,
  events bytea not null,
  event_count integer not null,
  -- The ticket's last event of the import: one that lives on in this desk takes no more history.
  seq integer not null,
  imported_at timestamptz not null
);
create index imported_tickets_ticket on imported_tickets (ticket_id);
