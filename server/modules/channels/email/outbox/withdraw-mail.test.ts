import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../../platform/db/database.ts';
import { system } from '../../../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../../../platform/events/read-events.ts';
import type { CustomerPrincipal } from '../../../../platform/http/principal.ts';
import { createStaff } from '../../../staff/index.ts';
import { changeTicket, type SendMessage, ticketReads } from '../../../tickets/index.ts';
import { adminEnv, adminToken, type MailRoom, openMailRoom } from '../mail-room.ts';
import { closeReaders } from '../readers.ts';
import { withdrawMail } from './withdraw-mail.ts';

/** A reply that is taken back leaves its ticket, its promises and the figures as if it had not been sent. */

let room: MailRoom;
let colleague: number;
beforeAll(async () => {
  room = await openMailRoom({
    env: {
      ...adminEnv,
      FIRSTLINE_INBOX_ADDRESS: 'root-inbox@desk.example',
    },
  });
  const made = await room.desk.run(system, (cx) =>
    createStaff(cx, { name: 'Ben', email: 'ben@desk.example', role: 'agent' }),
  );
  colleague = made.staffId;
  const targets = ['claim', 'first_reply', 'next_reply', 'resolution'].map((target, n) => ({
    target,
    seconds: 3600 * (n + 1),
  }));
  const policy = await ask('POST', '/sla-policies', { name: 'Everyone', targets });
  expect(policy.statusCode).toBe(201);
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const { app } = await room.desk.http();
  const headers = { authorization: `Bearer ${adminToken}` };
  return app.inject({ method, url: `/api/desk/v1${path}`, headers, ...(payload && { payload }) });
}

let people = 0;
async function openTicket(): Promise<number> {
  people += 1;
  return (await room.receive({ from: `p${people}@customer.example` })).ticketId as number;
}

const reply = (ticketId: number, more: Partial<SendMessage> = {}) =>
  room.answer(ticketId, { message: { text: 'So' }, ...more });
const takeBack = ({ messageId }: { messageId: number }) =>
  room.desk.run({ kind: 'agent', id: room.agentId }, (cx) => withdrawMail(cx, { messageId }));
const change = (ticketId: number, properties: Parameters<typeof changeTicket>[1]['change']) =>
  room.desk.run(system, (cx) => changeTicket(cx, { ticketId, change: properties }));

/** All that a reply can move, and what is promised. */
async function standing(ticketId: number) {
  const {
    version: _version,
    updatedAt: _at,
    ...row
  } = await ticketReads.getTicketRow(room.desk.db, ticketId);
  const clocks = await room.desk.db.all(sql`
    select target, cycle, runs, fulfilled_at, cancelled_by, due_at, breached_at from sla_clocks
    where ticket_id = ${ticketId} and cancelled_by is distinct from 'withdrawn' order by target, cycle`);
  return { ...row, clocks };
}

async function lastEvents(ticketId: number, count: number) {
  const events = await listEventsOfTicket(room.desk.db, ticketId);
  return events
    .filter(({ type }) => !type.startsWith('sla.'))
    .slice(-count)
    .map(({ type, data }) => [type, data]);
}

const idsOf = async (ticketId: number, ...types: string[]) =>
  (await listEventsOfTicket(room.desk.db, ticketId))
    .filter(({ type }) => types.includes(type))
    .map(({ id }) => id);

it('gives back the status, the claim and every promise of a reply that solved', async () => {
  const ticketId = await openTicket();
  room.desk.clock.advance(600);
  const before = await standing(ticketId);
  const sent = await reply(ticketId, { status: 'solved' });
  const solved = await standing(ticketId);
  expect(solved).toMatchObject({ status: 'solved', assigneeId: room.agentId, waitingSince: null });
  room.desk.clock.advance(5);
  await takeBack(sent);
  expect(await standing(ticketId)).toEqual(before);
  expect(before).toMatchObject({
    status: 'new',
    assigneeId: null,
    solvedAt: null,
    waitingSince: expect.any(Date),
  });
  const [status] = await idsOf(ticketId, 'ticket.status_changed');
  const [assigned] = await idsOf(ticketId, 'ticket.assigned');
  const [claimed] = await idsOf(ticketId, 'ticket.claimed');
  const { id: outgoingId } = (await room.outgoing()).at(-1) ?? { id: 0 };
  expect(await lastEvents(ticketId, 3)).toEqual([
    ['ticket.status_changed', { from: 'solved', to: 'new', undoes: [status] }],
    ['ticket.assigned', { from: room.agentId, to: null, by: 'agent', undoes: [assigned, claimed] }],
    ['message.withdrawn', { messageId: sent.messageId, outgoingId }],
  ]);
});

it('counts no solve, no reopening, no claim and no reply of it', async () => {
  await room.desk.settle();
  for (const kpi of [
    'tickets_solved',
    'reopen_rate',
    'resolution_time',
    'claim_time',
    'first_response_time',
    'sla',
  ]) {
    const figure = (await ask('GET', `/kpis/${kpi}?from=2026-03-02&to=2026-03-03`)).json();
    expect(figure, kpi).toMatchObject({ n: 0 });
  }
});

it('leaves a ticket solved that it had opened again, to be closed when it would have been', async () => {
  const ticketId = await openTicket();
  await reply(ticketId, { status: 'solved' });
  room.desk.clock.advance(3600);
  await room.desk.settle();
  const before = await standing(ticketId);
  const sent = await reply(ticketId, { status: 'open' });
  expect(await standing(ticketId)).toMatchObject({ status: 'open', solvedAt: null });
  room.desk.clock.advance(3);
  await takeBack(sent);
  expect(await standing(ticketId)).toEqual(before);
  room.desk.clock.advance(14 * 86_400 - 3604);
  await room.desk.settle();
  expect((await standing(ticketId)).status).toBe('solved');
  room.desk.clock.advance(1);
  await room.desk.settle();
  expect((await standing(ticketId)).status).toBe('closed');
});

it('takes a plain reply on a solved ticket back without a trace', async () => {
  const ticketId = await openTicket();
  await reply(ticketId, { status: 'solved' });
  room.desk.clock.advance(60);
  const before = await standing(ticketId);
  const sent = await reply(ticketId);
  await takeBack(sent);
  expect(await standing(ticketId)).toEqual(before);
  expect(await lastEvents(ticketId, 1)).toEqual([['message.withdrawn', expect.anything()]]);
});

it('leaves what somebody changed since', async () => {
  const ticketId = await openTicket();
  const sent = await reply(ticketId, { status: 'solved' });
  room.desk.clock.advance(2);
  const receipt = (await room.outgoing()).find((row) => row.ticketId === ticketId);
  await room.receive({
    from: `p${people}@customer.example`,
    headers: { 'In-Reply-To': `<${receipt?.headerId}>` },
  });
  await change(ticketId, { assigneeId: colleague });
  await takeBack(sent);
  expect(await standing(ticketId)).toMatchObject({
    status: 'open',
    assigneeId: colleague,
    waitingSince: expect.any(Date),
  });
  expect(await lastEvents(ticketId, 1)).toEqual([['message.withdrawn', expect.anything()]]);
});

it('gives back one after the other', async () => {
  const ticketId = await openTicket();
  const before = await standing(ticketId);
  const first = await reply(ticketId, { status: 'pending' });
  room.desk.clock.advance(2);
  const second = await reply(ticketId, { status: 'solved' });
  room.desk.clock.advance(2);
  await takeBack(second);
  expect(await standing(ticketId)).toMatchObject({ status: 'pending', assigneeId: room.agentId });
  await takeBack(first);
  expect(await standing(ticketId)).toEqual(before);
});

it('gives back who is in copy, and keeps whom it wanted there with the words', async () => {
  const ticketId = await openTicket();
  room.desk.clock.advance(60);
  await change(ticketId, { ccs: ['old@copy.example'] });
  const { ccIds } = await standing(ticketId);
  /** What the one who was in copy before may read. */
  const reading = async () => {
    const signedIn = { locale: 'en', via: 'session', scopes: [], credentialId: 'reader' };
    const reader = { kind: 'customer', id: ccIds[0], ...signedIn } as CustomerPrincipal;
    return (await ticketReads.getTicketDetail(room.desk.db, reader, ticketId)).messages.map(
      ({ text }) => text,
    );
  };
  room.desk.clock.advance(60);
  await reply(ticketId, { message: { text: 'For both' } });
  room.desk.clock.advance(60);
  await room.desk.settle();
  expect(await reading()).toEqual(['For both']);
  const before = await standing(ticketId);
  const sent = await reply(ticketId, { ccs: ['wrong@copy.example'] });
  expect((await standing(ticketId)).ccIds).not.toEqual(ccIds);
  const { draft } = await takeBack(sent);
  expect(draft).toMatchObject({ text: 'So', ccs: ['wrong@copy.example'] });
  expect(await standing(ticketId)).toEqual(before);
  expect(await reading()).toEqual(['For both']);
  const [row] = await room.desk.db.all<{ body: object }>(
    sql`select body from drafts where ticket_id = ${ticketId}`,
  );
  expect(row?.body).toMatchObject({ text: 'So', ccs: ['wrong@copy.example'] });
});
