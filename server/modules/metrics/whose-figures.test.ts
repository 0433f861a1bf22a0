import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { modules } from '../../modules.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import type { DeskModule } from '../../platform/module.ts';
import { staffDoor } from './testing/staff-door.ts';

const admin = await staffDoor({ role: 'admin' }).authenticate?.(null as never, null as never);
let asker = admin as StaffPrincipal | null;
const door: DeskModule = { name: 'door', authenticate: async () => asker };
let desk: TestDesk;
const as = (about: Partial<StaffPrincipal>) => ({ ...(admin as StaffPrincipal), ...about });

beforeAll(async () => {
  desk = await openTestDesk({ modules: [door, ...modules], at: '2026-06-01T00:00:00Z' });
  const at = '2026-03-02T10:00:00Z';
  const lines = ['Ann', 'Ben'].map((agent) => ({
    id: agent,
    createdAt: '2026-03-02T09:00:00Z',
    channel: 'chat',
    team: `Team ${agent}`,
    events: [
      { at, type: 'message', author: 'agent', agent },
      { at, type: 'status', to: 'solved', agent },
    ],
  }));
  const { app } = await desk.http();
  const payload = lines.map((line) => JSON.stringify(line)).join('\n');
  await app.inject({
    method: 'POST',
    url: '/api/desk/v1/imports/history',
    headers: { 'content-type': 'application/x-ndjson' },
    payload,
  });
  await desk.settle();
});
afterAll(() => desk.close());

async function ask(path: string, method: 'GET' | 'POST' = 'GET', payload?: object) {
  const { app } = await desk.http();
  const answer = await app.inject({ method, url: `/api/desk/v1/${path}`, ...(payload ? { payload } : {}) });
  return {
    status: answer.statusCode,
    body: answer.headers['content-type']?.includes('json') ? answer.json() : answer.body,
  };
}

const march = 'from=2026-03-01&to=2026-04-01';

describe('whose figures', () => {
  it('shows desk figures to every staff member, and nobody else', async () => {
    asker = as({ role: 'agent', id: 1 });
    expect((await ask(`kpis/tickets_solved?${march}`)).body.value).toBe(2);
    asker = null;
    expect((await ask(`kpis/tickets_solved?${march}`)).status).toBe(401);
    asker = admin as StaffPrincipal;
  });

  it('keeps single figures of colleagues from agents', async () => {
    asker = admin as StaffPrincipal;
    const groups = (await ask(`kpis/tickets_solved?${march}&group_by=agent`)).body.groups;
    expect(groups).toHaveLength(2);
    const [one, other] = groups.map(({ key }: { key: string }) => Number(key));
    asker = as({ role: 'agent', id: one });
    expect((await ask(`kpis/tickets_solved?${march}&agent=${one}`)).body.value).toBe(1);
    expect((await ask(`kpis/tickets_solved?${march}&agent=${other}`)).status).toBe(403);
    expect((await ask(`kpis/tickets_solved?${march}&group_by=agent`)).body.groups).toMatchObject([
      { key: String(one) },
    ]);
    asker = admin as StaffPrincipal;
  });

  it('counts for an agent of some teams only the tickets they may see', async () => {
    asker = admin as StaffPrincipal;
    const [team] = (await ask(`kpis/ticket_volume?${march}&group_by=team`)).body.groups;
    asker = as({ role: 'agent', id: 999, ticketScope: 'teams', teamIds: [Number(team.key)] });
    expect((await ask(`kpis/ticket_volume?${march}`)).body.value).toBe(1);
    expect((await ask(`kpis/ticket_volume/items?${march}`)).body).toMatchObject({ count: 1, sum: 1 });
    asker = admin as StaffPrincipal;
  });

  it('refuses what it cannot answer, by name', async () => {
    asker = admin as StaffPrincipal;
    expect((await ask('kpis/nothing')).status).toBe(404);
    expect((await ask(`kpis/ticket_volume?${march}&colour=red`)).status).toBe(400);
    expect((await ask(`kpis/ticket_volume?${march}&group_by=agent`)).status).toBe(400);
    expect((await ask('kpis/ticket_volume?from=2026-04-01&to=2026-03-01')).status).toBe(400);
    expect((await ask('kpis/ticket_volume/calculate', 'POST', { tickets: [{ id: 1 }] })).status).toBe(422);
    const detail = (await ask('kpis/first_response_time')).body;
    expect(detail.calculator.input.anyOf).toHaveLength(2);
    expect((await ask('kpis')).body.items).toHaveLength(10);
  });

  it('exports the rows that it counts', async () => {
    asker = admin as StaffPrincipal;
    const csv = (await ask(`kpis/resolution_time/export?${march}&format=csv`)).body as string;
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect((await ask(`kpis/resolution_time/export?${march}&format=json`)).body.items).toHaveLength(2);
  });
});
