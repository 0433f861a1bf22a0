import { z } from 'zod';
import { sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { importTicket } from './import-ticket.ts';
import { envelope, pageOfList } from './paging.ts';
import { showTickets } from './show-tickets.ts';
import { importedTicketShape } from './ticket-body.ts';
import { findJob, type JobRow, presentJob, startJob } from './wire-jobs.ts';
import { idsOf, listOf, wireRoute } from './wire-route.ts';

const manyTickets = z.strictObject({ tickets: z.array(z.unknown()).min(1) });
const jobParams = z.object({ job: z.string().regex(/^[0-9a-f]{1,64}$/) });

export const bulkTicketRoutes = [
  wireRoute({
    method: 'POST',
    path: '/tickets/create_many',
    policy: 'wire.write',
    summary: 'Create up to 100 tickets in a job',
    status: 200,
    body: manyTickets,
    answer: (asking, _params, { tickets }) =>
      startJob(asking, { type: 'Bulk Create Ticket', work: 'create_ticket', items: tickets }),
  }),
  wireRoute({
    method: 'PUT',
    path: '/tickets/update_many',
    policy: 'wire.write',
    summary: 'Change up to 100 tickets in a job: all alike (?ids=), or each its own way',
    body: z.strictObject({
      ticket: z.record(z.string(), z.unknown()).optional(),
      tickets: z.array(z.unknown()).optional(),
    }),
    answer: (asking, _params, { ticket, tickets }) => {
      const items = tickets ?? idsOf(asking.query).map((id) => ({ ...ticket, id }));
      return startJob(asking, { type: 'Bulk Update Ticket', work: 'update_ticket', items });
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/tickets/destroy_many',
    policy: 'wire.write',
    summary: 'Delete up to 100 tickets in a job',
    status: 200,
    answer: (asking) => {
      const items = idsOf(asking.query).map((id) => ({ id }));
      return startJob(asking, { type: 'Bulk Delete Ticket', work: 'delete_ticket', items });
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/imports/tickets',
    policy: 'wire.manage',
    summary: 'A ticket with its history, at the times it happened; nothing is mailed',
    body: z.strictObject({ ticket: importedTicketShape }),
    answer: async (asking, _params, { ticket }) => {
      const id = await asking.desk.run(actorOf(asking.who), (cx) => importTicket(cx, asking.who, ticket));
      return { ticket: (await showTickets(asking, [id])).objects[0] };
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/imports/tickets/create_many',
    policy: 'wire.manage',
    summary: 'Up to 100 tickets with their history, in a job',
    status: 200,
    body: manyTickets,
    answer: (asking, _params, { tickets }) =>
      startJob(asking, { type: 'Bulk Import Ticket', work: 'import_ticket', items: tickets }),
  }),
  wireRoute({
    method: 'GET',
    path: '/job_statuses',
    policy: 'wire.read',
    summary: 'Your newest jobs',
    answer: async (asking) => {
      const rows = await asking.desk.db.all<JobRow>(sql`select * from wire_jobs
        where (asked_by->>'id')::bigint = ${asking.who.id} order by created_at desc limit 100`);
      const jobs = rows.map((row) => presentJob(asking.base, row));
      const { page, items } = pageOfList(
        asking,
        jobs.map((job, index) => ({ job, id: index + 1 })),
      );
      return envelope(
        asking,
        'job_statuses',
        items.map((item) => item.job),
        page,
      );
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/job_statuses/show_many',
    policy: 'wire.read',
    summary: 'Several jobs by id',
    answer: async (asking) => {
      const rows = await asking.desk.db.all<JobRow>(sql`select * from wire_jobs
        where id = any(${listOf(asking.query, 'ids')}::text[]) and (asked_by->>'id')::bigint = ${asking.who.id}`);
      return { job_statuses: rows.map((row) => presentJob(asking.base, row)), count: rows.length };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/job_statuses/:job',
    policy: 'wire.read',
    summary: 'How far a job is',
    params: jobParams,
    answer: async (asking, { job }) => {
      const row = await findJob(asking.desk.db, job);
      if (!row || row.asked_by.id !== asking.who.id) throw notFound('This job');
      return { job_status: presentJob(asking.base, row) };
    },
  }),
];
