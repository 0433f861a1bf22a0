-- Which try works under a key, and what its commands made, written in their own transactions: a try that is cut off is
-- taken up where it ended, and nothing is done twice.
alter table idempotency_keys
  add column claim uuid,
  add column made bytea[] not null default '{}';
