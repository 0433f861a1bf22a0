import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { modules } from '../../modules.ts';
import type { KpiEntry } from './contract.ts';
import { staffDoor } from './testing/staff-door.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({
    modules: [staffDoor({ role: 'admin' }), ...modules],
    at: '2026-06-01T00:00:00Z',
  });
  const on = (day: number) => `2026-03-0${day}T09:00:00Z`;
  const first = { team: 'Leaf', tier: 1, priority: 'low' };
  const answered = (day: number, agent: string) => [
    { at: on(day), type: 'message', author: 'agent', agent },
    { at: on(day), type: 'status', to: 'solved', agent },
  ];
  const moved = [
    { at: on(3), type: 'message', author: 'customer' },
    { at: on(3), type: 'status', to: 'open' },
    { at: on(3), type: 'team', to: 'Pot' },
    { at: on(3), type: 'escalate', tier: 2 },
    { at: on(3), type: 'priority', to: 'high' },
    ...answered(4, 'Ben'),
  ];
  const about = { createdAt: on(1), channel: 'email', language: 'en', ...first };
  const lines = [
    { id: 'wanders', ...about, events: [...answered(2, 'Ann'), ...moved] },
    { id: 'stays', ...about, events: answered(2, 'Ann') },
    { id: 'elsewhere', ...about, channel: 'chat', language: 'be', team: 'Pot', events: answered(3, 'Ben') },
  ];
  const { app } = await desk.http();
  const imported = await app.inject({
    method: 'POST',
    url: '/api/desk/v1/imports/history',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  expect(imported.json()).toMatchObject({ created: 3, refused: 0 });
  await desk.settle();
});
afterAll(() => desk.close());

async function ask<T>(path: string): Promise<T> {
  const { app } = await desk.http();
  return (await app.inject({ url: `/api/desk/v1/kpis${path}` })).json() as T;
}

interface Figure {
  n: number;
  groups: { n: number }[];
}

it('each KPI says under which splits a ticket of its may count twice, and is right', async () => {
  const { items } = await ask<{ items: KpiEntry[] }>('');
  for (const { id, groupBy, groupsOverlap, overlapId } of items) {
    const doubled: string[] = [];
    for (const split of groupBy) {
      const figure = await ask<Figure>(`/${id}?from=2026-03-01&to=2026-03-10&group_by=${split}`);
      const together = figure.groups.reduce((sum, { n }) => sum + n, 0);
      if (together !== figure.n) doubled.push(split);
    }
    expect(doubled.sort(), id).toEqual([...groupsOverlap].sort());
    expect(overlapId, id).toBe(doubled.length > 0 ? `kpi.${id}.overlap` : null);
  }
  expect(items.filter(({ overlapId }) => overlapId).map(({ id }) => id)).toEqual([
    'tickets_solved',
    'solved_to_created',
    'reopen_rate',
  ]);
});
