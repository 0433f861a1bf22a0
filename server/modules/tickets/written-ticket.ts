import type { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { forbidden, invalid } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { type FoundIdentity, findOrCreateCustomer, identities } from '../customers/index.ts';
import { customersAt } from './change-ccs.ts';
import type { openTicketBody, sendMessageBody } from './contract.ts';
import { findFollowed } from './follow-up.ts';
import { openTicket, type TicketIds, takeIdsOfOne } from './open-ticket.ts';
import type { OpenThread } from './queries.ts';
import { receiveOn } from './receive-message.ts';
import { sendOn } from './send-message.ts';
import { contentOf } from './written-content.ts';

type OpenBody = z.output<typeof openTicketBody>;
type SendBody = z.output<typeof sendMessageBody>;

/** What opening a ticket needs to know first, in one round trip. */
export interface BeforeOpening {
  ids: TicketIds;
  /** The requester's address, where one is named; null when nobody has it. */
  found: FoundIdentity | null;
}

export async function readBeforeOpening(tx: Queryable, { requester }: OpenBody): Promise<BeforeOpening> {
  const looking = 'id' in requester ? null : identities.find(tx, 'email', requester.email);
  const [ids, found] = await Promise.all([takeIdsOfOne(tx), looking]);
  return { ids, found };
}

/** A ticket that staff or a program opens at the API, for a customer or towards one. */
export async function openWrittenTicket(
  cx: CommandContext,
  principal: Principal,
  body: OpenBody,
  { ids, found }: BeforeOpening,
): Promise<{ ticketId: number }> {
  if (principal.kind === 'customer') return openOwnTicket(cx, principal, body, ids);
  const { requester, message, ccs, ...properties } = body;
  const followUpOf = await findFollowed(cx.tx, principal, properties.followUpOf);
  const person = 'id' in requester ? { customerId: requester.id } : await requesterAt(cx, requester, found);
  const requesterId = person.customerId;
  if (message.author === 'customer' && !message.public) {
    throw invalid({ 'message.public': 'a customer writes no internal notes' });
  }
  return openTicket(cx, {
    ...properties,
    followUpOf,
    ids,
    requesterId,
    ...('organizationId' in person ? { organizationId: person.organizationId } : {}),
    ccs: ccs ? await customersAt(cx, ccs) : [],
    message: {
      ...(await contentOf(cx, message)),
      author: message.author,
      authorId: message.author === 'customer' ? requesterId : principal.id,
      public: message.public,
    },
  });
}

async function requesterAt(
  cx: CommandContext,
  person: { email: string; name?: string | undefined; locale?: string | undefined },
  found: FoundIdentity | null,
): Promise<{ customerId: number; organizationId: number | null }> {
  const { email: value, name, locale } = person;
  return findOrCreateCustomer(cx, {
    kind: 'email',
    value,
    found,
    ...(name ? { name } : {}),
    ...(locale ? { locale } : {}),
  });
}

/** A signed-in customer asks for themselves, and says nothing about how the desk works on it. */
async function openOwnTicket(
  cx: CommandContext,
  principal: Principal,
  body: OpenBody,
  ids: TicketIds,
): Promise<{ ticketId: number }> {
  const customerId = principal.id;
  const { subject, requester, message, channel: _channel, followUpOf: followed, ...inner } = body;
  const own = 'id' in requester && requester.id === customerId;
  const plain = message.public && message.author === 'customer';
  if (!own || !plain || Object.values(inner).some((value) => value !== undefined)) {
    throw forbidden('You can open tickets of your own, with a subject and a message.');
  }
  const content = await contentOf(cx, message);
  return openTicket(cx, {
    ids,
    subject,
    followUpOf: await findFollowed(cx.tx, principal, followed),
    requesterId: customerId,
    channel: 'form',
    message: { ...content, author: 'customer', authorId: customerId },
  });
}

export interface WrittenOn {
  messageId: number;
  ticketId: number;
}

/** A reply or note of staff, or what a customer adds to a ticket of theirs, which they may see. */
export async function writeOnTicket(
  cx: CommandContext,
  principal: Principal,
  ticket: OpenThread,
  body: SendBody,
): Promise<WrittenOn> {
  const { text, html, attachments, version, ...more } = body;
  const message = await contentOf(cx, { text, html, attachments });
  if (principal.kind === 'staff') {
    const sent = await sendOn(cx, ticket, { ...more, author: 'agent', authorId: principal.id, message });
    return { ...sent, ticketId: ticket.id };
  }
  const asksMore =
    !more.public ||
    more.mentions.length > 0 ||
    more.status !== undefined ||
    more.ccs !== undefined ||
    version !== undefined;
  if (asksMore) throw forbidden('You can add a message to this ticket, nothing else.');
  const received = await receiveOn(cx, ticket, { customerId: principal.id, channel: 'form', message });
  return received;
}
