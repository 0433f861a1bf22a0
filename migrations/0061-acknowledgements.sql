-- The acknowledgements of the last hour are counted, so that a flood of forged mails cannot be answered without end.

create index outgoing_mails_acknowledged on outgoing_mails (created_at desc) where kind = 'acknowledgement';
