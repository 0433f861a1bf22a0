import type { Desk } from '../../../../platform/desk.ts';
import { forbidden, notFound } from '../../../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../../../platform/http/principal.ts';
import { route } from '../../../../platform/http/route.ts';
import { canSee, ticketReads } from '../../../tickets/index.ts';
import {
  idParams,
  outboxQuery,
  outgoingPage,
  outgoingShape,
  retriedShape,
  withdrawnShape,
} from '../../contract.ts';
import { listOutgoing, presentOutgoing } from './list-outgoing.ts';
import { findOutgoing, findOutgoingOfMessage, type OutgoingRow } from './outgoing-row.ts';
import { readOutgoingRaw } from './read-outgoing-raw.ts';
import { retryOutgoing } from './retry-outgoing.ts';
import { withdrawMail } from './withdraw-mail.ts';

const path = '/api/desk/v1/outbox';
const deliveryPath = '/api/desk/v1/messages/:id/delivery';

async function showOutgoing(desk: Desk, id: number) {
  const row = await findOutgoing(desk.db, id);
  if (!row) throw notFound('This mail');
  return presentOutgoing(row);
}

/** The mail of a message on a ticket that this person may see. */
async function getSeenMail(desk: Desk, who: Principal, messageId: number): Promise<OutgoingRow> {
  const row = await findOutgoingOfMessage(desk.db, messageId);
  const ticket = row?.ticketId == null ? undefined : await ticketReads.getTicketRow(desk.db, row.ticketId);
  if (!row || !ticket || !canSee(who, ticket)) throw notFound('A mail for this message');
  return row;
}

/** A link that signs somebody in is for that person; of the staff only an admin may read it, who could anyway. */
function refuseLinks(principal: Principal, kind: string): void {
  if (kind !== 'link') return;
  if (principal.kind === 'staff' && principal.role === 'admin') return;
  throw forbidden('Only an admin may read a sign-in mail.');
}

export const outboxRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'outbox.read',
    summary: 'Every mail that goes out and its state, newest first',
    query: outboxQuery,
    response: outgoingPage,
    handle: ({ desk, query }) => listOutgoing(desk.db, query),
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'outbox.read',
    summary: 'One outgoing mail and its state',
    params: idParams,
    response: outgoingShape,
    handle: ({ desk, params }) => showOutgoing(desk, params.id),
  }),
  route({
    method: 'GET',
    path: `${path}/:id/raw`,
    policy: 'outbox.read',
    summary: 'The outgoing mail as MIME',
    params: idParams,
    raw: ['message/rfc822'],
    handle: async ({ desk, principal, params, reply }) => {
      const row = await findOutgoing(desk.db, params.id);
      if (!row) throw notFound('This mail');
      refuseLinks(principal as Principal, row.kind);
      const raw = await readOutgoingRaw(desk, params.id);
      return reply
        .headers({
          'content-type': 'message/rfc822',
          'content-disposition': `attachment; filename="outgoing-${params.id}.eml"`,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "sandbox; default-src 'none'",
        })
        .send(raw);
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:id/retry`,
    policy: 'outbox.retry',
    summary: 'Try a mail again now, with the Message-ID it always had',
    params: idParams,
    response: outgoingShape,
    status: 200,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(principal as Principal), (cx) => retryOutgoing(cx, { outgoingId: params.id }));
      return showOutgoing(desk, params.id);
    },
  }),
  route({
    method: 'POST',
    path: deliveryPath,
    policy: 'delivery.retry',
    summary: 'Try a reply again now for everybody who has not got it',
    params: idParams,
    response: retriedShape,
    status: 200,
    handle: async ({ desk, principal, params }) => {
      const { id: outgoingId } = await getSeenMail(desk, principal as Principal, params.id);
      await desk.run(actorOf(principal as Principal), (cx) => retryOutgoing(cx, { outgoingId }));
      const { state } = await showOutgoing(desk, outgoingId);
      return { messageId: params.id, state };
    },
  }),
  route({
    method: 'DELETE',
    path: deliveryPath,
    policy: 'delivery.withdraw',
    summary:
      'Take a reply back within ten seconds, as if it had not been sent; its words and files are a draft again',
    params: idParams,
    response: withdrawnShape,
    handle: async ({ desk, principal, params }) => {
      const who = principal as Principal;
      await getSeenMail(desk, who, params.id);
      const messageId = params.id;
      const { authorId, draft } = await desk.run(actorOf(who), (cx) => withdrawMail(cx, { messageId }));
      // A draft is its writer's alone.
      const own = who.kind === 'staff' && who.id === authorId;
      return { messageId, state: 'withdrawn' as const, sendAt: null, draft: own ? draft : null };
    },
  }),
];
