import { z } from 'zod';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { canSee, changeTicket, ticketReads } from '../tickets/index.ts';
import { envelope, pageOfList, readPage, readPaging } from './paging.ts';
import { presentUser } from './present-people.ts';
import { listAudits } from './read-audits.ts';
import { listComments } from './read-comments.ts';
import { listMetrics } from './read-metrics.ts';
import { listUserRows } from './read-people.ts';
import { seenTicket } from './show-tickets.ts';
import { tagsShape } from './ticket-body.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, idParams, includesOf, subParams, wireRoute } from './wire-route.ts';

const tagsBody = z.strictObject({
  tags: tagsShape,
  updated_stamp: z.string().optional(),
  safe_update: z.unknown().optional(),
});

function tagRoute(
  method: 'POST' | 'PUT' | 'DELETE',
  change: 'tags' | 'addTags' | 'removeTags',
  summary: string,
) {
  return wireRoute({
    method,
    path: '/tickets/:id/tags',
    policy: 'wire.write',
    summary,
    params: idParams,
    body: tagsBody,
    status: 200,
    answer: async (asking, { id }, { tags }) => {
      await seenTicket(asking, id);
      await asking.desk.run(actorOf(asking.who), (cx) =>
        changeTicket(cx, { ticketId: id, change: { [change]: tags } }),
      );
      return { tags: (await ticketReads.getTicketRow(asking.desk.db, id)).tags };
    },
  });
}

async function commentsOf(asking: Asking, id: number) {
  const ticket = await seenTicket(asking, id);
  return listComments(asking.desk.db, asking.base, ticket.id);
}

async function auditsOf(asking: Asking, id: number) {
  return listAudits(asking.desk.db, asking.base, await seenTicket(asking, id));
}

async function metricOf(asking: Asking, id: number) {
  return {
    ticket_metric: (await listMetrics(asking.desk.db, asking.base, [await seenTicket(asking, id)]))[0],
  };
}

export const threadRoutes = [
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/comments',
    policy: 'wire.read',
    summary: 'The conversation of a ticket',
    params: idParams,
    answer: async (asking, { id }) => {
      const { page, items } = pageOfList(asking, await commentsOf(asking, id));
      const list = envelope(asking, 'comments', items, page);
      if (!includesOf(asking.query).has('users')) return list;
      const users = await listUserRows(asking.desk.db, [
        ...new Set(items.map((item) => Number(item.author_id))),
      ]);
      return { ...list, users: users.map((row) => presentUser(asking.base, row)) };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/comments/count',
    policy: 'wire.read',
    summary: 'How many comments a ticket has',
    params: idParams,
    answer: async (asking, { id }) => ({
      count: { value: (await commentsOf(asking, id)).length, refreshed_at: new Date().toISOString() },
    }),
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/audits',
    policy: 'wire.read',
    summary: 'Every change of a ticket, one audit a command',
    params: idParams,
    answer: async (asking, { id }) => {
      const { page, items } = pageOfList(asking, await auditsOf(asking, id));
      return envelope(asking, 'audits', items, page);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/audits/count',
    policy: 'wire.read',
    summary: 'How many audits a ticket has',
    params: idParams,
    answer: async (asking, { id }) => ({
      count: { value: (await auditsOf(asking, id)).length, refreshed_at: new Date().toISOString() },
    }),
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/audits/:sub',
    policy: 'wire.read',
    summary: 'One audit of a ticket',
    params: subParams,
    answer: async (asking, { id, sub }) => {
      const audit = (await auditsOf(asking, id)).find((one) => one.id === sub);
      if (!audit) throw notFound('This audit');
      return { audit };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/metrics',
    policy: 'wire.read',
    summary: 'What was measured on a ticket',
    params: idParams,
    answer: (asking, { id }) => metricOf(asking, id),
  }),
  wireRoute({
    method: 'GET',
    path: '/ticket_metrics/:id',
    policy: 'wire.read',
    summary: 'One ticket metric; it has the number of its ticket',
    params: idParams,
    answer: (asking, { id }) => metricOf(asking, id),
  }),
  wireRoute({
    method: 'GET',
    path: '/ticket_metrics',
    policy: 'wire.read',
    summary: 'What was measured, ticket by ticket, newest first',
    answer: async (asking) => {
      const { rows, id } = ticketReads.ticketListing(asking.who);
      const listing = { rows, id, first: { by: 'id', descending: true } };
      const page = await readPage(asking.desk.db, listing, readPaging(asking.query));
      const tickets = await ticketReads.listTicketRows(asking.desk.db, page.ids);
      return envelope(
        asking,
        'ticket_metrics',
        await listMetrics(asking.desk.db, asking.base, tickets),
        page,
      );
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/tags',
    policy: 'wire.read',
    summary: 'The tags of a ticket',
    params: idParams,
    answer: async (asking, { id }) => ({ tags: (await seenTicket(asking, id)).tags }),
  }),
  tagRoute('POST', 'tags', 'Set the tags of a ticket'),
  tagRoute('PUT', 'addTags', 'Add tags to a ticket'),
  tagRoute('DELETE', 'removeTags', 'Take tags from a ticket'),
  wireRoute({
    method: 'POST',
    path: '/tickets/:id/merge',
    policy: 'wire.write',
    summary: 'Merge other tickets into this one',
    params: idParams,
    status: 200,
    body: z.strictObject({
      ids: z.array(z.int().positive()).min(1).max(100),
      target_comment: z.string().max(60_000).optional(),
      source_comment: z.string().max(60_000).optional(),
      target_comment_is_public: z.boolean().default(false),
      source_comment_is_public: z.boolean().default(false),
    }),
    answer: async (asking, { id }, body) => {
      const rows = await ticketReads.listTicketRows(asking.desk.db, [id, ...body.ids]);
      if (rows.length < new Set([id, ...body.ids]).size || rows.some((row) => !canSee(asking.who, row)))
        throw notFound('This ticket');
      return startJob(asking, {
        type: 'Ticket merge',
        work: 'merge_tickets',
        items: [{ into: id, ...body }],
      });
    },
  }),
];
