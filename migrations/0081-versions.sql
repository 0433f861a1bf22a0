-- Which commands made a ticket's last versions, the newest first: what a refused writer is shown. Not every command
-- with events on a ticket makes one (a promise that runs out changes nothing that somebody could overwrite), so it
-- cannot be counted back in the log.

alter table tickets add column version_by bigint[] not null default '{}';
