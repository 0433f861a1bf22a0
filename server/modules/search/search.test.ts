import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { sql } from '../../platform/db/database.ts';
import type { Actor } from '../../platform/events/event-map.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { changeSetting } from '../../platform/settings.ts';
import { deskSettings } from '../auth/index.ts';
import { findOrCreateCustomer, identities } from '../customers/index.ts';
import { createStaff } from '../staff/index.ts';
import { changeTicket, openTicket, sendMessage, ticketCare } from '../tickets/index.ts';
import { countTickets, parseQuery, searchTickets } from './index.ts';

let desk: TestDesk;
let agent: Actor;
let principal: StaffPrincipal;
const token = 'search-token-0123456789';

beforeAll(async () => {
  desk = await openTestDesk({
    env: {
      FIRSTLINE_ADMIN_EMAIL: 'ada@lantern.example',
      FIRSTLINE_ADMIN_PASSWORD: 'correct horse battery',
      FIRSTLINE_API_TOKEN: token,
    },
  });
  const { staffId } = await desk.run({ kind: 'system', id: null }, (cx) =>
    createStaff(cx, { name: 'Bo', email: 'bo@lantern.example', role: 'agent' }),
  );
  agent = { kind: 'agent', id: staffId };
  principal = {
    kind: 'staff',
    id: staffId,
    role: 'agent',
    teamIds: [],
    ticketScope: 'all',
    locale: 'en',
    via: 'token',
    scopes: ['read', 'write'],
    credentialId: 'test',
  };
});
afterAll(() => desk.close());

async function open(
  subject: string,
  text: string,
  more: { language?: string; tags?: string[] } = {},
): Promise<number> {
  return desk.run(agent, async (cx) => {
    const { customerId } = await findOrCreateCustomer(cx, {
      kind: 'email',
      value: 'vera@harbour.example',
      name: 'Vera Lis',
    });
    const opened = await openTicket(cx, {
      subject,
      requesterId: customerId,
      channel: 'email',
      ...more,
      message: { text, author: 'customer', authorId: customerId },
    });
    return opened.ticketId;
  });
}

async function find(q: string, who: StaffPrincipal = principal): Promise<number[]> {
  await desk.settle();
  const asked = { query: parseQuery(q), principal: who, now: desk.clock.fixed() as Date };
  const ids = await searchTickets(desk.db, { ...asked, limit: 100 });
  expect(await countTickets(desk.db, asked)).toBe(ids.length);
  return ids;
}

describe('search', () => {
  it('finds words by their stems, phrases in order, and leaves out what is negated', async () => {
    const one = await open('Running shoes', 'They were running very quickly at night');
    const two = await open('Shoe', 'He ran at noon, quickly');
    expect(await find('run')).toEqual([one]);
    expect(await find('shoes')).toEqual([two, one]);
    expect(await find('"very quickly"')).toEqual([one]);
    expect(await find('"quickly very"')).toEqual([]);
    expect(await find('quickly -night')).toEqual([two]);
  });

  it('finds Chinese in either script, and only where the characters are neighbours', async () => {
    const one = await open('發票', '麻煩幫我重新開具發票,謝謝');
    await open('积分', '积分没有到账');
    expect(await find('重新开具')).toEqual([one]);
    expect(await find('发票')).toEqual([one]);
    expect(await find('积分到')).toEqual([]);
    expect(await find('帮')).toEqual([one]);
  });

  it('finds Belarusian however it is typed', async () => {
    const one = await open('Пытанне', 'Патрэбна дапамога: аб’ява не працуе ў слоўніку', { language: 'be' });
    for (const q of ['дапамогу', "аб'ява", 'слоуніку', 'абява'])
      expect([q, await find(q)]).toEqual([q, [one]]);
  });

  it('narrows by fields', async () => {
    const one = await open('Zeppelin', 'field words', { tags: ['vip'] });
    const two = await open('Zeppelin two', 'field words');
    await desk.run(agent, (cx) =>
      changeTicket(cx, {
        ticketId: two,
        change: { priority: 'urgent', assigneeId: agent.id, status: 'solved' },
      }),
    );
    expect(await find('zeppelin tag:vip')).toEqual([one]);
    expect(await find('zeppelin -tag:vip')).toEqual([two]);
    expect(await find('zeppelin assignee:me status:solved priority>=high')).toEqual([two]);
    expect(await find('zeppelin assignee:none status<solved')).toEqual([one]);
    expect(await find('zeppelin requester:vera@harbour.example')).toEqual([two, one]);
    await desk.run(agent, async (cx) => {
      const { customerId } = await findOrCreateCustomer(cx, { kind: 'email', value: 'vera@harbour.example' });
      await identities.add(cx, customerId, { kind: 'email', value: 'vera@xn--bcher-kva.example' });
      await identities.add(cx, customerId, { kind: 'phone', value: '+375 29 123-45-67' });
      await identities.add(cx, customerId, { kind: 'phone', value: '8029 123' });
    });
    for (const spelling of ['Vera@BÜCHER.example', '"+375 (29) 123 45 67"', '00375291234567', '8029123'])
      expect([spelling, await find(`zeppelin requester:${spelling}`)]).toEqual([spelling, [two, one]]);
    expect(await find('zeppelin created<2020-01-01')).toEqual([]);
    expect(await find('subject:"zeppelin two"')).toEqual([two]);
    expect(await find(`id:${one}`)).toEqual([one]);
    expect(await find('zeppelin status:nonsense')).toEqual([]);
    expect(await find('vera@harbour.example zeppelin')).toEqual([two, one]);
  });

  it('takes a day as the desk has it', async () => {
    const one = await open('Xylophone', 'on a day');
    await desk.db.write(sql`update tickets set created_at = '2026-05-10T20:00:00Z' where id = ${one}`);
    const inZone = (zone: string) => desk.run(agent, (cx) => changeSetting(cx, deskSettings.timeZone, zone));
    expect(await find('xylophone created:2026-05-10')).toEqual([one]);
    await inZone('Asia/Shanghai');
    expect(await find('xylophone created:2026-05-10')).toEqual([]);
    expect(await find('xylophone created:2026-05-11')).toEqual([one]);
    expect(await find('xylophone created>2026-05-10 created<2026-05-12')).toEqual([one]);
    expect(await find('xylophone created:2026-05-10T20:00:00Z')).toEqual([one]);
    await inZone('UTC');
  });

  it('follows what happens: new messages, deleting, merging', async () => {
    const one = await open('Quagga', 'first');
    const two = await open('Other', 'second');
    await desk.run(agent, (cx) =>
      sendMessage(cx, {
        ticketId: two,
        author: 'agent',
        authorId: agent.id,
        public: false,
        message: { text: 'a quagga note' },
      }),
    );
    expect(await find('quagga')).toEqual([two, one]);
    await desk.run(agent, (cx) => ticketCare.mergeTickets(cx, { from: two, into: one }));
    expect(await find('quagga note')).toEqual([one]);
    await desk.run(agent, (cx) => ticketCare.deleteTicket(cx, { ticketId: one }));
    expect(await find('quagga')).toEqual([]);
  });

  it('shows nobody what they may not see', async () => {
    const one = await open('Okapi', 'secret');
    await desk.run(agent, (cx) => changeTicket(cx, { ticketId: one, change: { assigneeId: agent.id } }));
    expect(await find('okapi', { ...principal, id: 999_999, ticketScope: 'teams' })).toEqual([]);
    expect(await find('okapi', { ...principal, ticketScope: 'teams' })).toEqual([one]);
  });

  it('takes hostile questions as words', async () => {
    const hostile = [
      "'; drop table tickets; --",
      "\\'); select pg_sleep(9); --",
      '" | !x & :* <-> ',
      "status:' or 1=1",
      "created>'2020",
      'id:1;delete from tickets',
      'assignee:"\' or true"',
      'tag:{a,b}',
      'team:%',
      '\u0000',
      "''''",
      '\\\\',
      'type:1--',
      '-'.repeat(50),
    ];
    for (const q of hostile) await expect(find(q)).resolves.toBeDefined();
    expect(
      (await desk.db.one<{ count: number }>(sql`select count(*) as count from tickets`)).count,
    ).toBeGreaterThan(5);
  });

  it('answers at its route, with the places that matched', async () => {
    const { app } = await desk.http();
    const headers = { authorization: `Bearer ${token}` };
    const { body, statusCode } = await app.inject({ url: '/api/desk/v1/search?q=shoes&limit=1', headers });
    expect(statusCode).toBe(200);
    const page = JSON.parse(body);
    expect(page).toMatchObject({
      count: 2,
      items: [
        { ticket: { subject: 'Shoe' }, snippets: [{ messageId: null, text: 'Shoe', ranges: [[0, 4]] }] },
      ],
    });
    const next = await app.inject({
      url: `/api/desk/v1/search?q=shoes&limit=1&cursor=${page.nextCursor}`,
      headers,
    });
    expect(next.json()).toMatchObject({
      nextCursor: null,
      items: [{ ticket: { subject: 'Running shoes' } }],
    });
    expect((await app.inject({ url: '/api/desk/v1/search?q=x' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/desk/v1/search', headers })).statusCode).toBe(400);
  });
});
