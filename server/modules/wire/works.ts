import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { canSee, contentOf, sendMessage, ticketCare, ticketReads } from '../tickets/index.ts';
import { importTicket } from './import-ticket.ts';
import { organizationWorks } from './organization-works.ts';
import { changedTicketShape, importedTicketShape, newTicketShape } from './ticket-body.ts';
import { userWorks } from './user-works.ts';
import { done, itemId, readItem, type Work } from './work.ts';
import { createWireTicket, updateWireTicket } from './write-ticket.ts';

const createTicket: Work = async (cx, who, item) =>
  done('create', await createWireTicket(cx, who, readItem(newTicketShape, item)));

const updateTicket: Work = async (cx, who, item) => {
  const { id, ...body } = readItem(z.looseObject({ id: z.int().positive() }), item);
  await updateWireTicket(cx, who, id, readItem(changedTicketShape, body));
  return done('update', id);
};

const removeTicket: Work = async (cx, who, item) => {
  const { id } = readItem(itemId, item);
  const row = await ticketReads.getTicketRow(cx.tx, id);
  if (!canSee(who, row) || row.deletedAt) throw notFound('This ticket');
  await ticketCare.deleteTicket(cx, { ticketId: id });
  return done('delete', id);
};

const importOne: Work = async (cx, who, item) =>
  done('create', await importTicket(cx, who, readItem(importedTicketShape, item)));

const mergeItem = z.object({
  into: z.int(),
  ids: z.array(z.int()),
  target_comment: z.string().optional(),
  source_comment: z.string().optional(),
  target_comment_is_public: z.boolean(),
  source_comment_is_public: z.boolean(),
});

/** Comments are written before the merge, where each still stands on its own ticket. */
const merge: Work = async (cx, who, item) => {
  const { into, ids, ...comments } = readItem(mergeItem, item);
  for (const from of ids) {
    if (comments.source_comment)
      await comment(cx, who, from, comments.source_comment, comments.source_comment_is_public);
    await ticketCare.mergeTickets(cx, { from, into });
  }
  if (comments.target_comment)
    await comment(cx, who, into, comments.target_comment, comments.target_comment_is_public);
  return done('update', into);
};

async function comment(
  cx: CommandContext,
  who: StaffPrincipal,
  ticketId: number,
  text: string,
  isPublic: boolean,
): Promise<void> {
  const message = await contentOf(cx, { text, attachments: [] });
  await sendMessage(cx, { ticketId, author: 'agent', authorId: who.id, public: isPublic, message });
}

/** What a job can do to one item, by name. */
export const works: Record<string, Work | undefined> = {
  create_ticket: createTicket,
  update_ticket: updateTicket,
  delete_ticket: removeTicket,
  import_ticket: importOne,
  merge_tickets: merge,
  ...userWorks,
  ...organizationWorks,
};
