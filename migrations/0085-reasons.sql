-- Why somebody changed something, in their own words: beside the log, which holds none, so that they can be erased.

create table change_reasons (
  command_id bigint primary key,
  reason text not null
);
