-- The address a customer's link was mailed to: who comes by it has proved that they read there.

alter table mail_links add column identity_id bigint references customer_identities on delete set null;
create index mail_links_identity on mail_links (identity_id) where identity_id is not null;
