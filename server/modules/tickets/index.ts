import { claimTicket } from './claim-ticket.ts';
import { deleteTicket, restoreTicket } from './delete-ticket.ts';
import { findFollowed } from './follow-up.ts';
import { giveBackMessage } from './give-back-message.ts';
import { importHistory } from './import-history.ts';
import { findFile, listFiles } from './list-files.ts';
import { markSpam, unmarkSpam } from './mark-spam.ts';
import { mergeTickets } from './merge-tickets.ts';
import { takeTicketIds } from './open-ticket.ts';
import { presentTickets } from './present-ticket.ts';
import { findTicketRow, getTicketRow, listTicketRows, lockTicket } from './queries.ts';
import { listMessages } from './read-messages.ts';
import { redactMessage } from './redact-message.ts';
import { refreshConversation } from './refresh-thread.ts';
import { newFileKey, storeFile } from './store-file.ts';
import { getTicketDetail } from './ticket-detail.ts';
import { countOfOrganization, countTags, countTickets, ticketListing } from './ticket-listing.ts';
import { listFieldDefinitions, readTicketSides } from './ticket-sides.ts';
import { undoChange } from './undo-change.ts';
import { undoMessage } from './undo-message.ts';
import { unmergeTicket } from './unmerge-ticket.ts';
import { uploadedBytes, uploadFile } from './upload-file.ts';

export { type ChangeTicketInput, changeTicket } from './change-ticket.ts';
export type { AuthorKind, Channel, Origin, Priority, Status, TicketType } from './events.ts';
export type { MailHeaders, MessageContent, NewAttachment } from './message-content.ts';
export { type OpenTicket, openTicket, type TicketIds } from './open-ticket.ts';
export { type ReceiveMessage, receiveMessage, TicketClosed } from './receive-message.ts';
export { type SendMessage, sendMessage } from './send-message.ts';
export { canSee, sightCondition } from './sight.ts';
export { type Deadline, ticketDeadline } from './ticket-deadline.ts';
export type { TicketsWanted } from './ticket-listing.ts';
export type { TicketRow } from './ticket-row.ts';
export type { FieldDefinition, TicketSides } from './ticket-sides.ts';
export { contentOf } from './written-content.ts';

/** What is known of tickets, for whoever may see them. */
export const ticketReads = {
  findFollowed,
  takeTicketIds,
  findTicketRow,
  getTicketRow,
  listTicketRows,
  getTicketDetail,
  listMessages,
  presentTickets,
  lockTicket,
  ticketListing,
  countTickets,
  countOfOrganization,
  countTags,
  readTicketSides,
  listFieldDefinitions,
};

/** Commands on a ticket's life beyond its conversation. */
export const ticketCare = {
  claimTicket,
  deleteTicket,
  restoreTicket,
  markSpam,
  unmarkSpam,
  mergeTickets,
  unmergeTicket,
  redactMessage,
  undoChange,
  undoMessage,
  giveBackMessage,
  refreshConversation,
  importHistory,
};

/** Bytes that hang, or will hang, on messages. */
export const ticketFiles = { newFileKey, storeFile, uploadFile, uploadedBytes, findFile, listFiles };
