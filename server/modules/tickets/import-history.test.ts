import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { modules } from '../../modules.ts';
import { sql } from '../../platform/db/database.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import type { DeskModule } from '../../platform/module.ts';

const admin: StaffPrincipal = {
  kind: 'staff',
  id: 1,
  role: 'admin',
  teamIds: [],
  ticketScope: 'all',
  locale: 'en',
  via: 'token',
  scopes: ['read', 'write', 'admin'],
  credentialId: 'test',
};
let asker: StaffPrincipal | null = admin;
const door: DeskModule = { name: 'door', authenticate: async () => asker };

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ modules: [door, ...modules], at: '2026-06-01T00:00:00Z' });
});
afterAll(() => desk.close());

async function send(...lines: (object | string)[]) {
  const { app } = await desk.http();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/desk/v1/imports/history',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const fates = (body: { items: { fate: string }[] }) => body.items.map(({ fate }) => fate);
const countRows = async () =>
  desk.db.one<
    Record<string, unknown>
  >(sql`select (select count(*) from tickets) as tickets, (select count(*) from messages) as messages,
    (select count(*) from events) as events, (select array_agg(kind order by kind) from jobs) as jobs,
    (select count(*) from customers) as customers`);

const hours = { tz: 'Europe/Minsk', weekly: { mon: [['09:00', '18:00']] }, holidays: [] };
const created = {
  id: 'old-1',
  subject: 'Printer',
  createdAt: '2026-03-02T09:00:00Z',
  channel: 'email',
  customer: 'vera@customer.example',
  organization: 'Customer Ltd',
  team: 'North',
  tier: 1,
  priority: 'high',
  tags: ['printer'],
  schedule: hours,
  events: [
    { at: '2026-03-02T09:00:00Z', type: 'message', author: 'customer', body: 'It does not print.' },
    {
      at: '2026-03-02T09:10:00Z',
      type: 'message',
      author: 'agent',
      agent: 'Ann',
      public: false,
      body: 'paper?',
    },
    { at: '2026-03-02T09:25:00Z', type: 'message', author: 'agent', agent: 'Ann', body: 'Is there paper?' },
    { at: '2026-03-02T09:25:00Z', type: 'tag', add: ['paper'], remove: ['printer'] },
    { at: '2026-03-02T10:00:00Z', type: 'status', to: 'solved', agent: 'Ann' },
  ],
};

describe('importing histories', () => {
  it('makes the ticket as it was, at its own times, and wakes nobody', async () => {
    const { jobs: jobsBefore } = await countRows();
    const { status, body } = await send(created);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: 1,
      refused: 0,
      items: [{ line: 1, id: 'old-1', fate: 'created' }],
    });
    const { ticketId } = body.items[0];
    const row = await desk.db.one(sql`
      select subject, status, priority, tier, tags, message_count, preview, waiting_since, solved_at, tickets.created_at,
        teams.name as team from tickets join teams on teams.id = team_id where tickets.id = ${ticketId}`);
    expect(row).toEqual({
      subject: 'Printer',
      status: 'solved',
      priority: 'high',
      tier: 1,
      tags: ['paper'],
      message_count: 2,
      preview: 'Is there paper?',
      waiting_since: null,
      solved_at: new Date('2026-03-02T10:00:00Z'),
      created_at: new Date('2026-03-02T09:00:00Z'),
      team: 'North',
    });
    const events = await desk.db.all<{ type: string; at: Date }>(
      sql`select type, at from events where ticket_id = ${ticketId} order by ticket_seq`,
    );
    expect(events.map(({ type }) => type)).toEqual([
      'ticket.opened',
      'message.received',
      'note.added',
      'message.sent',
      'ticket.tagged',
      'ticket.status_changed',
    ]);
    expect(events[3]?.at).toEqual(new Date('2026-03-02T09:25:00Z'));
    expect(await countRows()).toMatchObject({ tickets: 1, messages: 3, jobs: jobsBefore });
    const ann = await desk.db.one(sql`select active, password_hash from staff where name = 'Ann'`);
    expect(ann).toEqual({ active: false, password_hash: null });
  });

  it('changes nothing when the same lines come again', async () => {
    const before = await countRows();
    const { status, body } = await send(created, created);
    expect(status).toBe(200);
    expect(fates(body)).toEqual(['unchanged', 'unchanged']);
    expect(await countRows()).toEqual(before);
  });

  it('takes further events, and refuses a line that says otherwise than before', async () => {
    const more = { at: '2026-03-03T10:00:00Z', type: 'status', to: 'open', by: 'customer' };
    const extended = await send({ ...created, events: [...created.events, more] });
    expect(fates(extended.body)).toEqual(['extended']);
    const row = await desk.db.one(sql`select status, solved_at from tickets`);
    expect(row).toEqual({ status: 'open', solved_at: null });
    const other = await send(
      { ...created, subject: 'Scanner' },
      { ...created, events: created.events.slice(1) },
    );
    expect(other.status).toBe(422);
    expect(
      other.body.items.map((item: { error: { code: string; fields: object } }) => [
        item.error.code,
        Object.keys(item.error.fields),
      ]),
    ).toEqual([
      ['changed', ['id']],
      ['changed', ['events']],
    ]);
  });

  it('names the fate of each line that it cannot take', async () => {
    const { status, body } = await send(
      'not json',
      { ...created, id: 'a', colour: 'red' },
      { ...created, id: 'b', events: [{ at: '2026-03-02T09:00:00Z', type: 'dance' }] },
      { ...created, id: 'c', events: [{ at: '2026-03-01T09:00:00Z', type: 'handoff' }] },
      { ...created, id: 'd', schedule: 'Nowhere' },
      { ...created, id: 'e', schedule: { tz: 'Moon/Base', weekly: {} } },
      { ...created, id: 'f', mergedInto: 'ghost', events: [] },
      { ...created, id: 'h', events: [{ at: '2099-01-01T00:00:00Z', type: 'handoff' }] },
      { ...created, id: 'g' },
    );
    expect(status).toBe(200);
    expect(fates(body)).toEqual([...Array(8).fill('refused'), 'created']);
    expect(
      body.items.slice(0, 8).map((item: { error: { fields: object } }) => Object.keys(item.error.fields)[0]),
    ).toEqual(['line', 'colour', 'events.0.type', 'events', 'schedule', 'schedule', 'mergedInto', 'events']);
    expect(body.items[1].error.fields.colour).toBe('unknown field');
  });

  it('refuses a text that cannot be kept by itself, wherever it stands, and takes the lines beside it', async () => {
    const at = '2026-03-02T09:00:00Z';
    const said = (body: string) => [{ at, type: 'message', author: 'customer', public: true, body }];
    const line = { createdAt: at, channel: 'email', customer: 'nul@customer.example' };
    const { status, body } = await send(
      { ...line, id: 'nul-1', events: said('before') },
      { ...line, id: 'nul-2', events: said('half \ud800') },
      { ...line, id: 'nul-3\u0000', events: said('id') },
      { ...line, id: 'nul-4', tags: ['\u0000'], events: said('tag') },
      '['.repeat(20_000) + ']'.repeat(20_000),
      { ...line, id: 'nul-6', events: said('after') },
    );
    expect([status, fates(body)]).toEqual([
      200,
      ['created', 'refused', 'refused', 'refused', 'refused', 'created'],
    ]);
    expect(body.items[1].error.fields).toEqual({
      'events.0.body': expect.stringContaining('cannot be stored'),
    });
  });

  it('reads a file that begins with the mark of its encoding', async () => {
    const { body } = await send(
      `\uFEFF${JSON.stringify({ id: 'marked', createdAt: '2026-03-02T09:00:00Z' })}`,
    );
    expect(fates(body)).toEqual(['created']);
  });

  it('lets a line be merged into one that comes later', async () => {
    const early = { id: 'm1', createdAt: '2026-03-02T09:00:00Z', mergedInto: 'm2' };
    const late = {
      id: 'm2',
      createdAt: '2026-03-02T09:00:00Z',
      events: [{ at: '2026-03-04T09:00:00Z', type: 'merge', into: 'm3' }],
    };
    const { body } = await send(early, late, { id: 'm3', createdAt: '2026-03-02T09:00:00Z' });
    expect(fates(body)).toEqual(['created', 'created', 'created']);
    const [m1, m2, m3] = body.items.map((item: { ticketId: number }) => item.ticketId);
    const rows = await desk.db.all(
      sql`select id, merged_into from tickets where merged_into is not null order by id`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: m1, merged_into: m2 },
        { id: m2, merged_into: m3 },
      ]),
    );
  });

  it('a merge is told on both tickets, in their order, and the other can still be added to', async () => {
    const at = (time: string) => `2026-03-02T${time}:00Z`;
    const says = (time: string, author: string, body: string) => ({
      at: at(time),
      type: 'message',
      author,
      body,
    });
    const stays = {
      id: 'stays',
      createdAt: at('09:00'),
      events: [
        says('09:00', 'customer', 'One'),
        says('09:10', 'agent', 'Yes?'),
        says('11:00', 'agent', 'So'),
      ],
    };
    const goes = {
      id: 'goes',
      createdAt: at('09:05'),
      events: [says('09:05', 'customer', 'Two'), { at: at('10:00'), type: 'merge', into: 'stays' }],
    };
    const { body } = await send(stays, goes);
    const [staysId, goesId] = body.items.map((item: { ticketId: number }) => item.ticketId);
    const log = await desk.db.all<{ type: string; at: Date; data: object }>(
      sql`select type, at, data from events where ticket_id = ${staysId} order by ticket_seq`,
    );
    expect(log.map(({ type }) => type)).toEqual([
      'ticket.opened',
      'message.received',
      'message.sent',
      'ticket.absorbed',
      'message.sent',
    ]);
    expect(log[3]).toMatchObject({
      at: new Date(at('10:00')),
      data: { ticketId: goesId, waitingSince: '2026-03-02T09:05:00.000Z' },
    });
    const row = () =>
      desk.db.one(sql`select message_count, preview, waiting_since from tickets where id = ${staysId}`);
    expect(await row()).toEqual({ message_count: 4, preview: 'So', waiting_since: null });
    const more = says('12:00', 'agent', 'At last');
    expect(fates((await send({ ...stays, events: [...stays.events, more] })).body)).toEqual(['extended']);
    expect(await row()).toMatchObject({ message_count: 5, preview: 'At last' });
    const back = { at: at('13:00'), type: 'unmerge' };
    expect(fates((await send({ ...goes, events: [...goes.events, back] })).body)).toEqual(['extended']);
    expect(await row()).toMatchObject({ message_count: 4, waiting_since: null });
  });

  it('begins every log with its opening, whatever was merged into the ticket before', async () => {
    const at = (hour: number) => `2026-03-02T${hour}:00:00Z`;
    const guest = {
      id: 'guest',
      createdAt: at(10),
      events: [
        { at: at(11), type: 'merge', into: 'host' },
        { at: at(12), type: 'unmerge' },
      ],
    };
    const host = { id: 'host', createdAt: at(10), events: [{ at: at(13), type: 'merge', into: 'home' }] };
    const home = { id: 'home', createdAt: at(10) };
    // The guest's second line begins a new chunk, and the host comes after its home.
    const { body } = await send(guest, guest, home, host);
    expect(fates(body)).toEqual(['created', 'unchanged', 'created', 'created']);
    const log = await desk.db.all<{ type: string }>(sql`
      select type from events join imported_tickets using (ticket_id) where source_id = 'host' order by ticket_seq`);
    expect(log.map(({ type }) => type)).toEqual([
      'ticket.opened',
      'ticket.absorbed',
      'ticket.released',
      'ticket.merged',
    ]);
    expect(fates((await send(guest, home, host)).body)).toEqual(Array(3).fill('unchanged'));
  });

  it('a merge into a ticket of an earlier import is no life of it in this desk', async () => {
    const first = { id: 'first', createdAt: '2026-03-02T09:00:00Z' };
    const later = { id: 'later', createdAt: '2026-03-02T08:00:00Z', mergedInto: 'first' };
    await send(first);
    expect(fates((await send(later)).body)).toEqual(['created']);
    const waits = await desk.db.one(sql`
      select waiting_since from tickets join imported_tickets on ticket_id = id where source_id = 'first'`);
    expect(waits).toEqual({ waiting_since: new Date(later.createdAt) });
    const solved = { at: '2026-03-03T10:00:00Z', type: 'status', to: 'solved' };
    expect(fates((await send({ ...first, events: [solved] })).body)).toEqual(['extended']);
    const events = await desk.db.all<{ type: string }>(sql`
      select type from events join imported_tickets using (ticket_id)
      where source_id = 'first' order by ticket_seq`);
    expect(events.map(({ type }) => type)).toEqual([
      'ticket.opened',
      'ticket.absorbed',
      'ticket.status_changed',
    ]);
  });

  it('is for admins', async () => {
    asker = { ...admin, role: 'manager' };
    expect((await send(created)).status).toBe(403);
    asker = null;
    expect((await send(created)).status).toBe(401);
    asker = admin;
  });
});
