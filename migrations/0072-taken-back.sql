-- A wait that began after a reply that was taken back ends with the taking back: the older one goes on.

alter table sla_clocks drop constraint sla_clocks_cancelled_by_check;
alter table sla_clocks add constraint sla_clocks_cancelled_by_check
  check (cancelled_by in ('solved', 'hidden', 'handed_off', 'unmerged', 'withdrawn'));
