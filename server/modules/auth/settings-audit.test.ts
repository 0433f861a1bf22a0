import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';

let desk: PeopledDesk;
beforeAll(async () => {
  desk = await openPeopledDesk();
});
afterAll(() => desk.close());

it('shows settings to staff and lets an admin change some of them', async () => {
  const { admin, agent, manager, customer } = desk.people;
  expect((await desk.ask(null, 'GET', '/settings')).statusCode).toBe(401);
  expect((await desk.ask(customer, 'GET', '/settings')).statusCode).toBe(403);
  const first = {
    name: 'Firstline',
    timeZone: 'UTC',
    locale: 'en',
    weekStart: 'monday',
    closeAfterDays: 14,
    firstSteps: true,
  };
  expect((await desk.ask(agent, 'GET', '/settings')).json()).toEqual(first);
  expect((await desk.ask(manager, 'PATCH', '/settings', { name: 'Lantern' })).statusCode).toBe(403);
  let told = 0;
  desk.signals.on('settings', () => told++);
  const changed = await desk.ask(admin, 'PATCH', '/settings', {
    closeAfterDays: 4,
    weekStart: 'sunday',
    name: 'Firstline',
    firstSteps: false,
  });
  expect(changed.json()).toEqual({ ...first, closeAfterDays: 4, weekStart: 'sunday', firstSteps: false });
  expect(told).toBe(1);
  expect(await desk.newEvents()).toEqual(Array(3).fill('setting.changed'));
  for (const body of [
    { closeAfterDays: 0 },
    { timeZone: 'Mars' },
    { firstInbox: null },
    { key: 'x' },
    { name: '\ud800' },
  ]) {
    expect((await desk.ask(admin, 'PATCH', '/settings', body)).statusCode, JSON.stringify(body)).toBe(422);
  }
});

it('shows an admin what happened, page by page', async () => {
  const { admin, manager } = desk.people;
  expect((await desk.ask(manager, 'GET', '/audit')).statusCode).toBe(403);
  expect((await desk.ask(admin, 'GET', '/audit?type=x')).statusCode).toBe(400);
  const settings = (await desk.ask(admin, 'GET', `/audit?type=setting.changed&actor=${admin.id}`)).json();
  expect(settings.items.map(({ data }: { data: unknown }) => data)).toEqual([
    { key: 'desk.firstSteps', from: true, to: false },
    { key: 'tickets.closeAfterDays', from: 14, to: 4 },
    { key: 'desk.weekStart', from: 'monday', to: 'sunday' },
  ]);
  const seen: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: number; type: string }[]; nextCursor: string | null } = (
      await desk.ask(admin, 'GET', `/audit?type=session.&limit=2${cursor && `&cursor=${cursor}`}`)
    ).json();
    expect(page.items.every(({ type }) => type.startsWith('session.'))).toBe(true);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(5);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
});
