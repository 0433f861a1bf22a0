import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const policy = (name: string, more: object = {}) => ({
  name,
  targets: [{ target: 'first_reply', seconds: 300 }],
  ...more,
});
const make = async (name: string, more: object = {}): Promise<number> =>
  (await cast.call(cast.ada, 'POST', '/sla-policies', policy(name, more))).body.id;
const typesOf = async (work: () => Promise<unknown>) => (await cast.during(work)).map(({ type }) => type);

describe('SLA policies', () => {
  it('are written by managers, read by staff, and nobody else’s business', async () => {
    const id = await make('Rights');
    const writes: [string, string, object?][] = [
      ['POST', '/sla-policies', policy('Another')],
      ['PATCH', `/sla-policies/${id}`, { name: 'Mine' }],
      ['PUT', '/sla-policies/order', { ids: [id] }],
      ['DELETE', `/sla-policies/${id}`],
    ];
    for (const [method, path, body] of writes) {
      expect((await cast.call(null, method, path, body)).status).toBe(401);
      expect((await cast.call(cast.ben, method, path, body)).status).toBe(403);
      expect((await cast.call(cast.mia, method, path, body)).status).toBe(403);
    }
    expect((await cast.call(cast.ben, 'GET', '/sla-policies')).status).toBe(200);
    expect((await cast.call(cast.mia, 'GET', '/sla-policies')).status).toBe(403);
    expect((await cast.call(null, 'GET', '/sla-policies')).status).toBe(401);
    expect((await cast.call(cast.ben, 'GET', '/sla-policies/999999')).status).toBe(404);
    expect((await cast.call(cast.ben, 'GET', '/sla-policies/one')).status).toBe(400);
  });

  it('take seconds to weeks on either clock, and refuse what they cannot keep', async () => {
    const body = policy('Wide', {
      targets: [
        { target: 'first_reply', priority: 'urgent', seconds: 15, clock: 'business' },
        { target: 'claim', seconds: 60 },
        { target: 'resolution', seconds: 3 * 604_800 },
      ],
    });
    const made = await cast.call(cast.ada, 'POST', '/sla-policies', body);
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Wide',
        version: 1,
        pausesIn: ['pending'],
        filter: { all: [], any: [] },
        targets: body.targets,
      },
    });
    const refused = [
      policy('wide'),
      policy(''),
      { name: 'No promise', targets: [] },
      policy('Zero', { targets: [{ target: 'first_reply', seconds: 0 }] }),
      policy('Part', { targets: [{ target: 'first_reply', seconds: 1.5 }] }),
      policy('Twice', { targets: [body.targets[1], body.targets[1]] }),
      policy('Field', { filter: { all: [{ field: 'mood', values: ['bad'] }] } }),
      policy('Value', { filter: { all: [{ field: 'channel', values: ['pigeon'] }] } }),
      policy('Pause', { pausesIn: ['solved'] }),
      policy('Unknown', { colour: 'red' }),
    ];
    for (const wrong of refused) {
      expect([wrong, (await cast.call(cast.ada, 'POST', '/sla-policies', wrong)).status]).toEqual([
        wrong,
        422,
      ]);
    }
  });

  it('change by versions; a stale one is refused with the state now', async () => {
    const id = await make('Versioned');
    let answer = await cast.call(cast.ada, 'PATCH', `/sla-policies/${id}`, {
      version: 1,
      pausesIn: ['on_hold'],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { version: 2, pausesIn: ['on_hold'], name: 'Versioned' },
    });
    answer = await cast.call(cast.ada, 'PATCH', `/sla-policies/${id}`, { version: 1, name: 'Old' });
    expect(answer).toMatchObject({ status: 409, body: { error: { details: { current: { version: 2 } } } } });
    expect((await cast.call(cast.ada, 'PATCH', '/sla-policies/999999', { name: 'None' })).status).toBe(404);
  });

  it('tell every change', async () => {
    let id = 0;
    expect(await typesOf(async () => (id = await make('Told')))).toEqual(['sla_policy.created']);
    const path = `/sla-policies/${id}`;
    expect(await typesOf(() => cast.call(cast.ada, 'PATCH', path, { name: 'Said' }))).toEqual([
      'sla_policy.changed',
    ]);
    const { items } = (await cast.call(cast.ada, 'GET', '/sla-policies')).body;
    const ids = items.map((item: { id: number }) => item.id).reverse();
    const reorder = () => cast.call(cast.ada, 'PUT', '/sla-policies/order', { ids });
    expect(await typesOf(reorder)).toEqual(['sla_policy.reordered']);
    expect(await typesOf(reorder)).toEqual([]);
    const ordered = (await cast.call(cast.ada, 'GET', '/sla-policies')).body.items;
    expect(ordered.map((item: { id: number }) => item.id)).toEqual(ids);
    expect((await cast.call(cast.ada, 'PUT', '/sla-policies/order', { ids: [id] })).status).toBe(422);
    expect(await typesOf(() => cast.call(cast.ada, 'DELETE', path))).toEqual(['sla_policy.deleted']);
    expect((await cast.call(cast.ada, 'DELETE', path)).status).toBe(404);
  });
});

describe("a ticket's promises", () => {
  it('show the policy, the reason and the clocks to who may see the ticket', async () => {
    await make('For phone', { filter: { all: [{ field: 'channel', values: ['phone'] }] } });
    const id = await cast.open({ channel: 'phone', teamId: cast.support });
    const answer = await cast.call(cast.ben, 'GET', `/tickets/${id}/sla`);
    expect(answer.status).toBe(200);
    expect(answer.body.clocks[0]).toMatchObject({
      target: 'first_reply',
      state: 'running',
      elapsedSeconds: 0,
    });
    expect((await cast.call(cast.cleo, 'GET', `/tickets/${id}/sla`)).status).toBe(404);
    expect((await cast.call(cast.mia, 'GET', `/tickets/${id}/sla`)).status).toBe(403);
    expect((await cast.call(null, 'GET', `/tickets/${id}/sla`)).status).toBe(401);
    expect((await cast.call(cast.ben, 'GET', '/tickets/999999/sla')).status).toBe(404);
  });

  it('can be tried on a ticket', async () => {
    const { items } = (await cast.call(cast.ada, 'GET', '/sla-policies')).body;
    for (const { id } of items) await cast.call(cast.ada, 'DELETE', `/sla-policies/${id}`);
    const ticketId = await cast.open({ priority: 'high' });
    const id = await make('High', {
      filter: { any: [{ field: 'priority', values: ['high', 'urgent'] }] },
      targets: [
        { target: 'first_reply', priority: 'high', seconds: 60 },
        { target: 'first_reply', priority: 'low', seconds: 900 },
        { target: 'resolution', seconds: 900 },
      ],
    });
    const preview = await cast.call(cast.ben, 'POST', '/sla-policies/preview', { ticketId });
    expect(preview).toMatchObject({
      status: 200,
      body: {
        policy: { id, name: 'High' },
        reason: { everyone: false, any: [{ field: 'priority', actual: 'high' }] },
        targets: [{ priority: 'high' }, { target: 'resolution', priority: null }],
      },
    });
    expect((await cast.call(cast.ben, 'POST', '/sla-policies/preview', { ticketId: 999_999 })).status).toBe(
      404,
    );
    expect((await cast.call(cast.ben, 'POST', '/sla-policies/preview', {})).status).toBe(422);
  });
});
