-- The instant from which the next promise of a ticket is nearly used up (four fifths), for rows to show.

alter table tickets add column warn_at timestamptz;

update tickets set warn_at = clock.warn_at
from sla_clocks as clock
where tickets.due_at is not null and clock.ticket_id = tickets.id and clock.target = tickets.due_target
  and clock.due_at = tickets.due_at and clock.fulfilled_at is null and clock.cancelled_at is null;

-- A wait that a merge brought ends when the merge is taken back.

alter table sla_clocks drop constraint sla_clocks_cancelled_by_check;
alter table sla_clocks add constraint sla_clocks_cancelled_by_check
  check (cancelled_by in ('solved', 'hidden', 'handed_off', 'unmerged'));
