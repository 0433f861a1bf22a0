import type { Desk } from '../../../platform/desk.ts';
import { notFound } from '../../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../../platform/http/principal.ts';
import { route } from '../../../platform/http/route.ts';
import { changeInboxBody, idParams, inboxList, inboxShape, newInboxBody } from '../contract.ts';
import { changeInbox, createInbox } from './change-inbox.ts';
import { findInbox, type Inbox, listInboxes } from './inbox.ts';

const presentInbox = (inbox: Inbox) => ({
  ...inbox,
  createdAt: inbox.createdAt.toISOString(),
  updatedAt: inbox.updatedAt.toISOString(),
});

async function showInbox(desk: Desk, id: number) {
  const inbox = await findInbox(desk.db, id);
  if (!inbox) throw notFound('This inbox');
  return presentInbox(inbox);
}

export const inboxRoutes = [
  route({
    method: 'GET',
    path: '/api/desk/v1/inboxes',
    policy: 'inbox.list',
    summary: 'The inboxes of the desk, oldest first',
    response: inboxList,
    handle: async ({ desk }) => ({ items: (await listInboxes(desk.db)).map(presentInbox), nextCursor: null }),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/inboxes/:id',
    policy: 'inbox.list',
    summary: 'One inbox',
    params: idParams,
    response: inboxShape,
    handle: ({ desk, params }) => showInbox(desk, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/desk/v1/inboxes',
    policy: 'inbox.change',
    summary: 'Add an inbox; mail for its addresses is taken from then on',
    body: newInboxBody,
    response: inboxShape,
    handle: async ({ desk, principal, body }) => {
      const id = await desk.run(actorOf(principal as Principal), (cx) => createInbox(cx, body));
      return showInbox(desk, id);
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/desk/v1/inboxes/:id',
    policy: 'inbox.change',
    summary: 'Change an inbox; `addresses` replaces all of them, the first is where answers come from',
    params: idParams,
    body: changeInboxBody,
    response: inboxShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(principal as Principal), (cx) =>
        changeInbox(cx, { inboxId: params.id, change: body }),
      );
      return showInbox(desk, params.id);
    },
  }),
];
