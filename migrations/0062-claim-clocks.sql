-- Who takes a new ticket, and by when: a fourth target of policies.

alter table sla_clocks drop constraint sla_clocks_target_check;
alter table sla_clocks add constraint sla_clocks_target_check
  check (target in ('first_reply', 'next_reply', 'resolution', 'claim'));
