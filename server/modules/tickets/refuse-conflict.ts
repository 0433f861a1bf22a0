import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict } from '../../platform/http/errors.ts';
import { findNames } from './names.ts';
import { presentTicket } from './present-ticket.ts';
import { getTicketRow } from './queries.ts';
import { listMessages } from './read-messages.ts';
import { listChangesSince, listLastAssignment } from './read-timeline.ts';
import type { TicketRow } from './ticket-row.ts';

/** Somebody spoke since the writer looked: 409 with their words, so that nobody answers twice. */
export async function refuseMissedMessages(
  cx: CommandContext,
  ticketId: number,
  lastSeenMessageId: number,
  writerId: number | null,
): Promise<void> {
  const missed = await cx.tx.maybe(sql`
    select from messages where ticket_id = ${ticketId} and id > ${lastSeenMessageId} and public
      and author_kind in ('agent', 'customer') and not (author_kind = 'agent' and author_id is not distinct from ${writerId})
    limit 1`);
  if (!missed) return;
  const messages = await listMessages(cx.tx, ticketId);
  throw conflict(
    'Somebody wrote on this ticket since you opened it.',
    {
      ticket: await present(cx, await getTicketRow(cx.tx, ticketId)),
      messages: messages.filter((message) => message.id > lastSeenMessageId),
    },
    'missed_messages',
  );
}

/** The ticket has moved on: 409 with its state now, and who changed what since. */
export async function refuseStale(
  cx: CommandContext,
  ticketId: number,
  version: number | undefined,
): Promise<void> {
  if (version === undefined) return;
  const ticket = await getTicketRow(cx.tx, ticketId);
  if (version === ticket.version) return;
  throw conflict('This ticket was changed since you opened it.', {
    ticket: await present(cx, ticket),
    changes: await listChangesSince(cx.tx, ticket.id, version),
  });
}

export async function refuseTaken(cx: CommandContext, ticket: TicketRow): Promise<never> {
  throw conflict(
    'Somebody else has this ticket already.',
    { ticket: await present(cx, ticket), changes: await listLastAssignment(cx.tx, ticket.id) },
    'ticket_taken',
  );
}

/** What somebody wants to take back is not the last that happened to it, is not theirs, or is too long ago. */
export async function refuseUndo(cx: CommandContext, ticket: TicketRow): Promise<never> {
  throw conflict(
    'This can no longer be undone: it was changed since, or is too long ago.',
    {
      ticket: await present(cx, ticket),
      changes: await listChangesSince(cx.tx, ticket.id, ticket.version - 1),
    },
    'not_undoable',
  );
}

async function present(cx: CommandContext, ticket: TicketRow) {
  const names = await findNames(cx.tx, { staff: [ticket.assigneeId] });
  return presentTicket(ticket, names);
}
