-- Search: one row a ticket, its subject and the whole conversation that shows on it.

create table search_documents (
  ticket_id bigint primary key,
  words tsvector not null,
  -- As the ticket's `shown` when it was indexed, so that counting needs no join; reading asks the ticket again.
  listed boolean not null
) with (toast_tuple_target = 128);
-- Kept out of the row, so that thousands of hits are few pages; only phrases read the vector itself.
alter table search_documents alter column words set storage external;
create index search_documents_words on search_documents using gin (words);
