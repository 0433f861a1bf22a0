import { invalid } from '../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { draftBody, draftKept, draftQuery, ticketParams } from './contract.ts';
import { dropDraft, keepDraft } from './drafts.ts';
import { getTicketRow } from './queries.ts';
import { refuseUnseen } from './sight.ts';

const path = '/api/desk/v1/tickets/:id/drafts';
const mostCharacters = 500_000;

export const draftRoutes = [
  route({
    method: 'PUT',
    path,
    policy: 'draft.keep',
    summary: 'Keep what you are writing; nobody else sees it',
    params: ticketParams,
    body: draftBody,
    response: draftKept,
    handle: async ({ desk, principal, params, body: { since, ...draft } }) => {
      const who = principal as Principal;
      refuseUnseen(who, await getTicketRow(desk.db, params.id));
      const text = JSON.stringify(draft.body);
      if (text.length > mostCharacters) throw invalid({ body: 'a draft is at most 500,000 characters' });
      if (text.includes('\\u0000')) throw invalid({ body: 'holds characters that cannot be stored' });
      const from = since ? new Date(since) : (since as null | undefined);
      return desk.run(actorOf(who), async (cx) => {
        await keepDraft(cx, { ticketId: params.id, staffId: who.id, ...draft }, from);
        return { updatedAt: cx.now.toISOString() };
      });
    },
  }),
  route({
    method: 'DELETE',
    path,
    policy: 'draft.keep',
    summary: 'Drop a draft of yours',
    params: ticketParams,
    query: draftQuery,
    status: 204,
    handle: async ({ desk, principal, params, query }) => {
      const who = principal as Principal;
      refuseUnseen(who, await getTicketRow(desk.db, params.id));
      await desk.run(actorOf(who), (cx) => dropDraft(cx, { ticketId: params.id, staffId: who.id, ...query }));
    },
  }),
];
