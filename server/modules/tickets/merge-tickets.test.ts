import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { mergeTickets } from './merge-tickets.ts';
import { getTicketRow } from './queries.ts';
import { receiveMessage } from './receive-message.ts';
import { getTicketDetail } from './ticket-detail.ts';
import { unmergeTicket } from './unmerge-ticket.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const merge = (from: number, into: number) =>
  cast.desk.run(cast.as(cast.ben), (cx) => mergeTickets(cx, { from, into }));
const unmerge = (ticketId: number) =>
  cast.desk.run(cast.as(cast.ben), (cx) => unmergeTicket(cx, { ticketId }));
const row = (id: number) => getTicketRow(cast.desk.db, id);
const customer = (id: number): Principal => ({
  kind: 'customer',
  id,
  locale: 'en',
  via: 'session',
  scopes: [],
  credentialId: '',
});

it('the conversation goes on inside the other, and comes out again as it was', async () => {
  const into = await cast.open();
  cast.desk.clock.advance(60);
  const from = await cast.open({ requesterId: cast.noah, tags: ['x'] });
  const before = { into: await row(into), from: await row(from) };
  cast.desk.clock.advance(60);
  const events = await cast.during(() => merge(from, into));
  expect(events).toEqual([
    { type: 'ticket.merged', ticketId: from, data: { into } },
    {
      type: 'ticket.absorbed',
      ticketId: into,
      data: { ticketId: from, waitingSince: '2026-03-02T09:01:00.000Z' },
    },
    {
      type: 'ticket.cc_changed',
      ticketId: into,
      data: { added: [cast.noah], removed: [], cause: 'ticket_merged' },
    },
  ]);
  expect(await row(from)).toMatchObject({ mergedInto: into, shown: false, status: 'new' });
  expect(await row(into)).toMatchObject({ messageCount: 2, ccIds: [cast.noah] });
  const back = await cast.during(() => unmerge(from));
  expect(back).toEqual([
    { type: 'ticket.unmerged', ticketId: from, data: { from: into } },
    { type: 'ticket.released', ticketId: into, data: { ticketId: from, waitingSince: null } },
    {
      type: 'ticket.cc_changed',
      ticketId: into,
      data: { added: [], removed: [cast.noah], cause: 'ticket_unmerged' },
    },
  ]);
  const moved = { version: 3, updatedAt: cast.desk.clock.fixed() };
  expect(await row(into)).toEqual({ ...before.into, ...moved });
  expect(await row(from)).toEqual({ ...before.from, ...moved });
  await expect(unmerge(from)).rejects.toMatchObject({ status: 409 });
});

it('puts nobody in copy who is there already, and takes out only whom it put in', async () => {
  const into = await cast.open({ ccs: [cast.noah] });
  const [same, other] = [await cast.open(), await cast.open({ requesterId: cast.noah })];
  for (const from of [same, other]) {
    await merge(from, into);
    await unmerge(from);
  }
  expect((await row(into)).ccIds).toEqual([cast.noah]);
});

it('follows a chain to its end and refuses a circle', async () => {
  const [a, b, c] = [await cast.open(), await cast.open(), await cast.open()];
  await merge(a, b);
  await merge(b, c);
  await expect(merge(c, a)).rejects.toMatchObject({ status: 422 });
  await expect(merge(c, c)).rejects.toMatchObject({ status: 422 });
  await expect(merge(a, c)).rejects.toMatchObject({ status: 409 });
  const written = await cast.desk.run(cast.as(cast.mia), (cx) =>
    receiveMessage(cx, { ticketId: a, customerId: cast.mia, channel: 'email', message: { text: 'on a' } }),
  );
  expect(written.ticketId).toBe(c);
  expect((await row(c)).messageCount).toBe(4);
  const detail = await getTicketDetail(cast.desk.db, customer(cast.mia), c);
  expect(detail.messages.map((message) => message.ticketId)).toEqual([a, b, c, c]);
  const since = (await row(b)).createdAt.toISOString();
  expect((await cast.during(() => unmerge(a))).map(({ ticketId, data }) => [ticketId, data])).toEqual([
    [a, { from: b }],
    [b, { ticketId: a, waitingSince: null }],
    [c, { ticketId: b, waitingSince: since }],
  ]);
  expect((await row(c)).messageCount).toBe(3);
  expect((await row(b)).messageCount).toBe(1);
});

it('shows neither customer the other one’s earlier words', async () => {
  const into = await cast.open();
  const from = await cast.open({ requesterId: cast.noah });
  cast.desk.clock.advance(60);
  await merge(from, into);
  cast.desk.clock.advance(60);
  await cast.desk.run(cast.as(cast.mia), (cx) =>
    receiveMessage(cx, {
      ticketId: into,
      customerId: cast.mia,
      channel: 'email',
      message: { text: 'later' },
    }),
  );
  const mias = await getTicketDetail(cast.desk.db, customer(cast.mia), into);
  const noahs = await getTicketDetail(cast.desk.db, customer(cast.noah), into);
  expect(mias.messages.map((message) => message.ticketId)).toEqual([into, into]);
  expect(noahs.messages.map((message) => [message.ticketId, message.text])).toEqual([
    [from, 'It burns.\n\nPlease   help.'],
    [into, 'later'],
  ]);
});

it('two merges the other way round at once end in one', async () => {
  const [a, b] = [await cast.open(), await cast.open()];
  const results = await Promise.allSettled([merge(a, b), merge(b, a)]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
});
