-- Tickets for which a consumer of the log could not do its work. Each costs itself alone: the others go on, and this
-- one waits here until something new happens to it or somebody has it tried again.
create table set_aside_tickets (
  id bigint generated always as identity primary key,
  consumer text not null references consumers (name),
  ticket_id bigint not null,
  error text not null,
  since timestamptz not null,
  tried_at timestamptz not null,
  tries integer not null default 1,
  -- To be tried again at the next batch.
  due boolean not null default false,
  unique (consumer, ticket_id)
);
create index set_aside_tickets_due on set_aside_tickets (consumer, ticket_id) where due;

-- For figures: what is in none of them.
create view unmeasured_tickets as select id, ticket_id, since from set_aside_tickets where consumer = 'metrics';
