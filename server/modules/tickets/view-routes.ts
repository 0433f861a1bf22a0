import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import {
  changeTicketFieldBody,
  newTicketFieldBody,
  tagList,
  tagQuery,
  ticketFieldList,
  ticketFieldShape,
  ticketParams,
  viewCounts,
} from './contract.ts';
import { deskNow } from './desk-now.ts';
import { listTags } from './tags.ts';
import { changeTicketField, createTicketField, listTicketFields } from './ticket-fields.ts';
import { countViews } from './views.ts';

const fieldsPath = '/api/desk/v1/ticket-fields';

export const viewRoutes = [
  route({
    method: 'GET',
    path: '/api/desk/v1/views',
    policy: 'view.count',
    summary: 'How many tickets each view holds for you',
    response: viewCounts,
    handle: ({ desk, principal }) => countViews(desk.db, principal as Principal, deskNow(desk)),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/tags',
    policy: 'tag.list',
    summary: 'Tags that begin with these letters, the most used of late first',
    query: tagQuery,
    response: tagList,
    handle: async ({ desk, query }) => ({ items: await listTags(desk.db, query.q) }),
  }),
  route({
    method: 'GET',
    path: fieldsPath,
    policy: 'field.list',
    summary: 'The ticket fields of this desk',
    response: ticketFieldList,
    handle: async ({ desk }) => ({ items: await listTicketFields(desk.db), nextCursor: null }),
  }),
  route({
    method: 'POST',
    path: fieldsPath,
    policy: 'field.manage',
    summary: 'Add a ticket field',
    body: newTicketFieldBody,
    response: ticketFieldShape,
    handle: ({ desk, principal, body }) =>
      desk.run(actorOf(principal as Principal), (cx) => createTicketField(cx, body)),
  }),
  route({
    method: 'PATCH',
    path: `${fieldsPath}/:id`,
    policy: 'field.manage',
    summary: 'Change a ticket field; its key and kind stay',
    params: ticketParams,
    body: changeTicketFieldBody,
    response: ticketFieldShape,
    handle: ({ desk, principal, params, body }) =>
      desk.run(actorOf(principal as Principal), (cx) => changeTicketField(cx, params.id, body)),
  }),
];
