-- What the modules that read across, search and figures, may know of the tables of others. Each view is declared by
-- the owner of its tables and offers no more than is asked for; the planner sees through them to the tables.

create view searchable_tickets as
select id, subject, status, priority, type, channel, tags, fields, language, external_id, requester_id, organization_id,
  assignee_id, team_id, training, merged_into, shown, created_at, updated_at, solved_at
from tickets;

-- A redacted message says nothing.
create view searchable_messages as
select id, ticket_id, created_at, text, signature from messages where redacted_at is null;

create view searchable_files as
select attachments.id, messages.ticket_id, attachments.file_name
from messages join attachments on attachments.message_id = messages.id;

create view searchable_copies as select ticket_id, customer_id from ticket_ccs;

create view searchable_fields as select id, key, kind from ticket_fields;

create view searchable_customers as select id, name from customers;

create view searchable_addresses as select id, customer_id, value from customer_identities;

create view searchable_organizations as select id, name from organizations;

create view searchable_staff as select id, name, email from staff;

create view searchable_teams as select id, name from teams;

-- For figures: of a ticket what they name and narrow by, who is in which team, which logs there are, and the hours.

create view measured_tickets as
select id, subject, tags, requester_id, assignee_id, team_id, training from tickets;

create view measured_logs as select ticket_id from event_heads;

create view measured_hours as select schedule_id, valid_from, definition from schedule_versions;

create view measured_members as select team_id, staff_id from team_members;
