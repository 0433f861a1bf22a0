export { reprocessMail } from './email/ledger/decide-mail.ts';
export { listQuarantined } from './email/ledger/list-mails.ts';
export { listenSmtp } from './email/listen-smtp.ts';
export { isUndoing, saidEvents, takenBack } from './email/outbox/said-events.ts';
export { type Delivery, storeDeliveries } from './email/receive-mail.ts';
export { changeInbox, createInbox } from './inboxes/change-inbox.ts';
export { findFirstInbox, findInbox, type Inbox, listInboxes } from './inboxes/inbox.ts';
