-- Who has a ticket on the screen and what they are writing there: as long as their live stream is open, and a moment
-- longer. Nobody would miss a row, so none is logged, none is backed up, and none holds a key of another table.

create unlogged table ticket_viewers (
  -- One screen looks at one ticket at a time.
  stream text primary key,
  ticket_id bigint not null,
  staff_id bigint not null,
  writing text check (writing in ('reply', 'note')),
  ends_at timestamptz not null
);
