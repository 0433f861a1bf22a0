import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { viewerBody, viewerParams } from './contract.ts';
import { getSeenTicket } from './queries.ts';
import { dropViewer, keepViewer } from './viewers.ts';

const path = '/api/desk/v1/tickets/:id/viewers/:stream';

export const viewerRoutes = [
  route({
    method: 'PUT',
    path,
    policy: 'viewer.keep',
    summary: 'Say that a live stream of yours shows this ticket, and what you write on it',
    params: viewerParams,
    body: viewerBody,
    status: 204,
    handle: async ({ desk, principal, params, body }) => {
      const who = principal as Principal;
      await getSeenTicket(desk.db, who, params.id);
      await desk.run(actorOf(who), (cx) =>
        keepViewer(cx, { stream: params.stream, ticketId: params.id, staffId: who.id, ...body }),
      );
      desk.signals.tell('viewers');
    },
  }),
  route({
    method: 'DELETE',
    path,
    policy: 'viewer.keep',
    summary: 'Say that it no longer does',
    params: viewerParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      const who = principal as Principal;
      await desk.run(actorOf(who), (cx) =>
        dropViewer(cx, { stream: params.stream, ticketId: params.id, staffId: who.id }),
      );
      desk.signals.tell('viewers');
    },
  }),
];
