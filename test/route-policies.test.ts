import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../server/platform/http/server.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

/** From the router's own list: what is no route of a module is one of a few open doors, and the others name a policy. */

const openDoors = ['/healthz', '/readyz', '/metrics', '/api/desk/v1/openapi.json', '/api/docs', '/', '/*'];

let desk: TestDesk;
let routes: AnyRoute[];
beforeAll(async () => {
  desk = await openTestDesk();
  routes = (await desk.http()).routes;
});
afterAll(() => desk.close());

describe('every route', () => {
  it('is a module’s, with its policy, or a door that is open to all', async () => {
    const { registered } = await desk.http();
    const ours = routes.flatMap(({ method, path }) => [`${method} ${path}`, `${method} ${path}.json`]);
    const others = registered.filter((one) => !one.startsWith('HEAD ') && !ours.includes(one));
    expect(others.filter((one) => !openDoors.some((door) => one === `GET ${door}`))).toEqual([]);
  });

  it('names a policy and says in a line what it does', async () => {
    const { policies } = await desk.http();
    for (const route of routes) {
      expect(policies.has(route.policy), `${route.method} ${route.path}`).toBe(true);
      expect(route.summary.length, `${route.method} ${route.path}`).toBeGreaterThan(5);
    }
  });

  it('answers 404 in its own dialect where there is no route', async () => {
    const { app } = await desk.http();
    const native = await app.inject({ url: '/api/desk/v1/nothing-here' });
    expect([native.statusCode, native.json().error.code]).toEqual([404, 'not_found']);
    const wire = await app.inject({ url: '/api/v2/nothing_here.json' });
    expect([wire.statusCode, wire.json()]).toEqual([
      404,
      { error: 'RecordNotFound', description: 'Not found' },
    ]);
  });
});
