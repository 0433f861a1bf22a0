import { reprocessMail } from './email/ledger/decide-mail.ts';
import { listQuarantined } from './email/ledger/list-mails.ts';
import { holdOutgoing } from './email/outbox/hold-outgoing.ts';

export { listenSmtp } from './email/listen-smtp.ts';
export { isUndoing, saidEvents, takenBack } from './email/outbox/said-events.ts';
export { type Delivery, storeDeliveries } from './email/receive-mail.ts';
export { changeInbox, createInbox } from './inboxes/change-inbox.ts';
export { findFirstInbox, findInbox, type Inbox, listInboxes } from './inboxes/inbox.ts';

/** What the command line does to mail. */
export const mailCare = { reprocessMail, listQuarantined, holdOutgoing };
