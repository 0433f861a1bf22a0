import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../server/platform/http/server.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

/** From the router's own list: every route names a policy, and nobody unknown gets past one that is not public. */

let desk: TestDesk;
let routes: AnyRoute[];
beforeAll(async () => {
  desk = await openTestDesk();
  routes = (await desk.http()).routes;
});
afterAll(() => desk.close());

const address = (route: AnyRoute) => route.path.replace(/:\w+/g, '1').replace('*', 'x');

describe('every route', () => {
  it('names a policy and says in a line what it does', async () => {
    const { policies } = await desk.http();
    for (const route of routes) {
      expect(policies.has(route.policy), `${route.method} ${route.path}`).toBe(true);
      expect(route.summary.length, `${route.method} ${route.path}`).toBeGreaterThan(5);
    }
  });

  it('answers 401 to a stranger unless its policy lets anybody in', async () => {
    const { app, policies } = await desk.http();
    for (const route of routes.filter((one) => !policies.get(one.policy)?.(null))) {
      const response = await app.inject({ method: route.method, url: address(route) });
      expect(response.statusCode, `${route.method} ${route.path}`).toBe(401);
    }
  });

  it('answers 401 to a made-up token, also where anybody may come in', async () => {
    const { app, policies } = await desk.http();
    for (const route of routes.filter((one) => !policies.get(one.policy)?.(null))) {
      const response = await app.inject({
        method: route.method,
        url: address(route),
        headers: { authorization: 'Bearer not-a-token' },
      });
      expect(response.statusCode, `${route.method} ${route.path}`).toBe(401);
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
