/** What happens to inboxes and mails. Ids, codes and values only: addresses and subjects stay in their rows. */
/** A recipient in a delivery report, by id; null for an address that is nobody's. `status` such as `5.1.1`. */
export interface ReportedRecipient {
  customerId: number | null;
  status: string | null;
  hard: boolean;
}

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    'inbox.created': { inboxId: number };
    'inbox.changed': { inboxId: number; changed: string[] };
    'mail.suspended': { mailId: number; cause: string };
    'mail.quarantined': { mailId: number; reason: string };
    'mail.duplicated': { mailId: number; of: number };
    /** A person let a held mail in; the mail is read again without being screened. */
    'mail.released': { mailId: number };
    'mail.reprocessed': { mailId: number };
    'mail.joined': { mailId: number };
    /** On a new ticket: its mail names another one (`ticketId`), and its sender is not proved. */
    'mail.set_apart': { mailId: number; ticketId: number };
    'mail.discarded': { mailId: number };
    'mail.restored': { mailId: number };
    /** What a mail did to a ticket was taken back. */
    'mail.undone': { mailId: number };
    /** On the ticket: a mail of ours came back. `hard`: the address does not work. */
    'mail.bounced': {
      mailId: number;
      outgoingId: number;
      hard: boolean;
      status: string | null;
      /** Whom it did not reach; older events do not say. */
      recipients?: ReportedRecipient[];
    };
    /** On the ticket: a mail of ours is not there yet; the server that has it keeps trying. */
    'mail.delayed': {
      mailId: number;
      outgoingId: number;
      status: string | null;
      recipients?: ReportedRecipient[];
    };
    /** On the ticket: a machine answered; nothing was reopened. */
    'mail.auto_replied': { mailId: number };
    /** On the ticket: on its way to somebody more, or kept in the outbox when there is no relay. */
    'mail.sent': { outgoingId: number; messageId: number | null; state: 'sent' | 'kept' };
    /** On the ticket: it will not arrive, at least not with these. `code` is the first one's. */
    'mail.failed': {
      outgoingId: number;
      messageId: number | null;
      code: string;
      refused?: { customerId: number | null; code: string }[];
    };
    'mail.retried': { outgoingId: number };
    /** The desk was restored from a backup: whether it went before is not known. */
    'mail.held': { outgoingId: number };
    /** An automatic mail was not sent because a limit was reached. */
    'mail.withheld': { limit: string };
    /**
     * On the ticket: a reply was taken back before it was sent (`outgoingId`), or a mail was taken off the ticket
     * (`mailId`). It counts no more; what it had changed is undone by events of its own.
     */
    'message.withdrawn': { messageId: number; outgoingId?: number; mailId?: number };
  }
}

export type Fate =
  | 'received'
  | 'ticket'
  | 'reply'
  | 'auto_reply'
  | 'bounce'
  | 'suspended'
  | 'quarantined'
  | 'duplicate'
  | 'discarded';
