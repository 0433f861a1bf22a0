import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../../server/platform/http/server.ts';
import { type Asker, allowed } from './allowed.ts';
import { digestOfAll } from './digest.ts';
import { nativeSamples } from './native-samples.ts';
import { addressOf, bodyOf, nounsOf, type Sample } from './sample.ts';
import { wireSamples } from './wire-samples.ts';
import { openWorld, type World } from './world.ts';

/** From the router's own list: each route's 400, 401, 403, 404 and 422, each with a request that is right but for it. */

const samples: Record<string, Sample> = { ...nativeSamples, ...wireSamples };
const nameOf = (route: AnyRoute) => `${route.method} ${route.path}`;

let world: World;
let routes: AnyRoute[];
beforeAll(async () => {
  world = await openWorld();
  routes = world.server.routes;
});
afterAll(async () => {
  await world?.server.app.close();
  await world?.cast.desk.close();
});

interface Asked {
  headers?: Record<string, string>;
  /** Other values for parameters of the address. */
  params?: Record<string, string | number>;
  query?: string;
  body?: unknown;
}

const sampleOf = (route: AnyRoute): Sample => samples[nameOf(route)] ?? {};

async function ask(route: AnyRoute, { headers = world.headers.admin, params = {}, query, body }: Asked = {}) {
  const { app } = world.server;
  const sample = sampleOf(route);
  const address = addressOf(route.path, sample, world.ids, params);
  const payload = body === undefined ? bodyOf(sample, world.ids) : body;
  const raw = typeof payload === 'string';
  return app.inject({
    method: route.method,
    url: query === undefined ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`,
    headers: { ...headers, ...(raw ? { 'content-type': 'application/json' } : {}) },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
}

/** Every route that answers otherwise, so that one run shows them all. */
async function wrongOnes(
  which: AnyRoute[],
  check: (route: AnyRoute) => Promise<string | null | undefined>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const route of which) {
    const said = await check(route);
    if (said) wrong.push(`${nameOf(route)}: ${said}`);
  }
  return wrong;
}

const unless = (response: { statusCode: number; body: string }, ...statuses: number[]) =>
  statuses.includes(response.statusCode)
    ? null
    : `${response.statusCode}, not ${statuses.join('/')}: ${response.body.slice(0, 160)}`;

const isWire = (route: AnyRoute) => route.path.startsWith('/api/v2');
const isStream = (route: AnyRoute) => route.path.endsWith('/stream');
const admins = (route: AnyRoute) => allowed[route.policy]?.join() === 'admin';
const may = (route: AnyRoute, asker: Asker) => allowed[route.policy]?.includes(asker) === true;
const fieldsOf = (route: AnyRoute, body: string): string[] => {
  const said = JSON.parse(body);
  return Object.keys((isWire(route) ? said.details : said.error?.fields) ?? {});
};

describe('the list', () => {
  it('has a sample for every route, and none for what is no route', () => {
    expect(Object.keys(samples).sort()).toEqual(routes.map(nameOf).sort());
  });

  it('says of every policy whom it lets in', async () => {
    const { policies } = world.server;
    expect(Object.keys(allowed).sort()).toEqual([...policies.keys()].sort());
  });
});

describe('401 and 403', () => {
  it('401 to who says nothing, where somebody must be known', async () => {
    const closed = routes.filter((route) => !may(route, 'anybody'));
    expect(await wrongOnes(closed, async (route) => unless(await ask(route, { headers: {} }), 401))).toEqual(
      [],
    );
  });

  it('401 to a token that is none, everywhere', async () => {
    const headers = { authorization: 'Bearer not-a-token' };
    expect(await wrongOnes(routes, async (route) => unless(await ask(route, { headers }), 401))).toEqual([]);
  });

  it('403 to every role without the right', async () => {
    const askers = Object.keys(world.headers) as (keyof World['headers'])[];
    const wrong = await wrongOnes(routes, async (route) => {
      for (const asker of askers.filter((one) => !may(route, one))) {
        const said = unless(await ask(route, { headers: world.headers[asker] }), 403);
        if (said) return `${asker}: ${said}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });

  it('lets in every role with the right', async () => {
    const askers = Object.keys(world.headers) as (keyof World['headers'])[];
    const wrong = await wrongOnes(
      routes.filter((route) => !isStream(route) && !may(route, 'anybody')),
      async (route) => {
        for (const asker of askers.filter((one) => may(route, one))) {
          // Asked for what is not there, or wrongly, so that nothing happens.
          const response = await ask(route, {
            headers: world.headers[asker],
            params: missing(route),
            body: [],
          });
          if ([401, 403].includes(response.statusCode))
            return `${asker}: ${response.statusCode} ${response.body.slice(0, 120)}`;
        }
        return null;
      },
    );
    expect(wrong).toEqual([]);
  });

  it('403 to a token that may only read, on every write, and nothing is written', async () => {
    const before = await digestOfAll(world.cast.desk.db);
    const writes = routes.filter((route) => route.method !== 'GET');
    expect(
      await wrongOnes(writes, async (route) => unless(await ask(route, { headers: world.reading }), 403)),
    ).toEqual([]);
    expect(await digestOfAll(world.cast.desk.db)).toEqual(before);
  });

  it('200 to it on every read, and no read writes', async () => {
    const before = await digestOfAll(world.cast.desk.db);
    const reads = routes.filter(
      (route) => route.method === 'GET' && !isStream(route) && may(route, 'agent') && !admins(route),
    );
    const wrong = await wrongOnes(reads, async (route) =>
      route.path.endsWith('/pictures')
        ? unless(await ask(route, { headers: world.reading }), 404)
        : unless(await ask(route, { headers: world.reading }), 200),
    );
    expect(wrong).toEqual([]);
    expect(await digestOfAll(world.cast.desk.db)).toEqual(before);
  });

  it('403 to an admin’s token without the scope for it, on what is the admin’s alone', async () => {
    expect(
      await wrongOnes(routes.filter(admins), async (route) =>
        unless(await ask(route, { headers: world.writing }), 403),
      ),
    ).toEqual([]);
  });
});

const missing = (route: AnyRoute): Record<string, string | number> =>
  Object.fromEntries(nounsOf(route.path).map(({ name, noun }) => [name, missingOf(noun)]));
const missingOf = (noun: string): string | number => noIds[noun] ?? 999_999_999;
const noIds: Record<string, string> = {
  files: 'A'.repeat(22),
  viewers: 'b'.repeat(22),
  kpis: 'no_such_kpi',
  job_statuses: 'f'.repeat(32),
};

/** Nouns that belong to a ticket: who does not see the ticket does not learn that they exist. */
const ofTicket = ['tickets', 'ticket_metrics', 'messages', 'files', 'attachments'];

describe('404', () => {
  it('to who names what is not there', async () => {
    const named = routes.filter((route) => nounsOf(route.path).length > 0);
    const wrong = await wrongOnes(named, async (route) => {
      for (const { name, noun } of nounsOf(route.path).filter(({ noun }) => noun !== 'viewers')) {
        const { gone = 404 } = sampleOf(route);
        const said = unless(await ask(route, { params: { [name]: missingOf(noun) } }), gone);
        if (said) return `${name}: ${said}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });

  it('to who may not see it, in the very words for what is not there', async () => {
    const strangers = [
      ['restricted', world.headers.restricted],
      ['customer', world.cast.headersOf(world.cast.noah)],
    ] as const;
    const hidden = routes.filter((route) => nounsOf(route.path).some(({ noun }) => ofTicket.includes(noun)));
    const wrong = await wrongOnes(hidden, async (route) => {
      for (const [asker, headers] of strangers.filter(([one]) => may(route, one))) {
        const there = await ask(route, { headers });
        const gone = await ask(route, { headers, params: missing(route) });
        const said = unless(there, sampleOf(route).gone ?? 404);
        if (said) return `${asker}: ${said}`;
        const words = (body: string) => body && { ...JSON.parse(body), requestId: null };
        if (JSON.stringify(words(there.body)) !== JSON.stringify(words(gone.body)))
          return `${asker}: ${there.body} against ${gone.body}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });
});

describe('400 and 422', () => {
  it('400 to an id that is none, naming it', async () => {
    const named = routes.filter((route) => nounsOf(route.path).some(({ noun }) => noun !== 'kpis'));
    const wrong = await wrongOnes(named, async (route) => {
      for (const { name } of nounsOf(route.path)) {
        const response = await ask(route, { params: { [name]: '-x' } });
        const said = unless(response, 400);
        if (said) return `${name}: ${said}`;
        if (!fieldsOf(route, response.body).includes(name)) return `does not name ${name}: ${response.body}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });

  it('400 to a parameter it does not know, naming it', async () => {
    const native = routes.filter((route) => !isWire(route) && may(route, 'admin'));
    const wrong = await wrongOnes(native, async (route) => {
      const response = await ask(route, { query: 'nonsense=1', params: missing(route) });
      return (
        unless(response, 400) ??
        (fieldsOf(route, response.body).includes('nonsense') ? null : `does not name it: ${response.body}`)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('400 to each parameter that is nonsense', async () => {
    const asked = routes.filter((route) => !isWire(route) && route.query);
    const wrong = await wrongOnes(asked, async (route) => {
      const names = Object.keys((route.query as { shape?: object }).shape ?? {});
      for (const name of names.filter((one) => !texts.includes(one))) {
        const response = await ask(route, { query: `${name}=%5B%7E&${name}=%5B%7E` });
        const said = unless(response, 400);
        if (said) return `${name}: ${said}`;
        if (!fieldsOf(route, response.body).some((field) => field.split('.')[0] === name))
          return `does not name ${name}: ${response.body}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });

  it('400 to what is no JSON, or nested without end', async () => {
    const written = routes.filter((route) => route.body);
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const wrong = await wrongOnes(
      written,
      async (route) =>
        unless(await ask(route, { body: '{"a":' }), 400) ?? unless(await ask(route, { body: deep }), 400),
    );
    expect(wrong).toEqual([]);
  });

  it('422 to a list, a text, a number or nothing where an object is due', async () => {
    const written = routes.filter((route) => route.body);
    const wrong = await wrongOnes(written, async (route) => {
      for (const body of ['[]', '"x"', '1', 'null', 'true']) {
        const said = unless(await ask(route, { body }), 422);
        if (said) return `${body}: ${said}`;
      }
      return null;
    });
    expect(wrong).toEqual([]);
  });

  it('422 to a field it does not know, naming it, and changes nothing', async () => {
    const writes = routes.filter((route) => route.method !== 'GET' && !route.takesBytes);
    const wrong = await wrongOnes(writes, async (route) => {
      const body = { ...bodyOf(sampleOf(route), world.ids), nonsense: 1 };
      const response = await ask(route, {
        body,
        params: route.path.includes('/kpis/') ? {} : missing(route),
      });
      return (
        unless(response, 422) ??
        (fieldsOf(route, response.body).includes('nonsense') ? null : `does not name it: ${response.body}`)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('never 500, whatever stands in a field', async () => {
    const nonsense = [null, '\u0000', '\ud800', {}, [], -1, 1e308, 0.5, 2 ** 60, 'x'.repeat(100_000)];
    const wrong = await wrongOnes(
      routes.filter((route) => route.body),
      async (route) => {
        const whole = bodyOf(sampleOf(route), world.ids) as Record<string, unknown>;
        for (const [path, body] of variants(whole, nonsense)) {
          const response = await ask(route, { body, params: missing(route) });
          if (response.statusCode >= 500) return `${path}: ${response.statusCode} ${response.body}`;
        }
        return null;
      },
    );
    expect(wrong).toEqual([]);
  });

  it('never 500, whatever stands in the address', async () => {
    const queries = [
      'cursor=%00',
      'cursor=eyJ9',
      'cursor=9223372036854775807',
      'cursor=1e%2B308',
      'cursor=1.5',
      'limit=1e9',
      'page=x&per_page=-1',
      'page[size]=x&page[after]=%FF',
      'page[after]=eyJhIjpbXX0',
      'sort_by=%27;--&sort_order=x',
      'sort=-x',
      'query=type:ticket%20created%3Ex%20%22',
      'q=%00',
      'ids=1,x',
      'ids=99999999999999999999',
      'include=users,,x',
      'from=x&to=y',
      'role=x&role[]=y',
      'external_id=%00',
      'a=%',
    ];
    const wrong = await wrongOnes(
      routes.filter((route) => route.method === 'GET' && !isStream(route)),
      async (route) => {
        for (const query of queries) {
          const response = await ask(route, { query });
          if (response.statusCode >= 500)
            return `${query}: ${response.statusCode} ${response.body.slice(0, 200)}`;
        }
        return null;
      },
    );
    expect(wrong).toEqual([]);
  });
});

describe('the API document', () => {
  it('has every native route with its parameters, and says of each what it refuses', async () => {
    const document = (await world.server.app.inject('/api/desk/v1/openapi.json')).json();
    const wrong = await wrongOnes(
      routes.filter((route) => !isWire(route)),
      async (route) => {
        const path = route.path.replace(/:(\w+)/g, '{$1}');
        const operation = document.paths[path]?.[route.method.toLowerCase()];
        if (!operation) return 'is not there';
        const named = operation.parameters.map(({ name }: { name: string }) => name);
        const lost = nounsOf(route.path).filter(({ name }) => !named.includes(name));
        if (lost.length > 0) return `lacks ${JSON.stringify(lost)}`;
        if ((route.body || route.takesBytes) && !operation.requestBody) return 'takes a body';
        const [[status, done] = []] = Object.entries<{ content?: object }>(operation.responses);
        if (status !== '204' && !done?.content) return `does not say what ${status} holds`;
        for (const status of ['400', '401', '429', ...(route.params ? ['404'] : [])])
          if (!operation.responses[status]) return `does not say ${status}`;
        return null;
      },
    );
    expect(wrong).toEqual([]);
  });

  it('says the shape of what is really answered', async () => {
    const reads = routes.filter((route) => route.method === 'GET' && route.response && may(route, 'admin'));
    const wrong = await wrongOnes(reads, async (route) => {
      const response = await ask(route);
      const read = route.response?.safeParse(response.json());
      return read?.success ? null : `${response.statusCode} ${JSON.stringify(read?.error?.issues)}`;
    });
    expect(wrong).toEqual([]);
  });
});

/** Parameters that take any words. */
const texts = ['q', 'tag', 'cause', 'filename', 'type', 'cursor'];

/** The body with one of its values, however deep, replaced by each of some others. */
function* variants(value: unknown, others: unknown[], path = ''): Generator<[string, unknown]> {
  if (path !== '') for (const other of others) yield [`${path}=${String(other).slice(0, 20)}`, other];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const [where, changed] of variants(inner, others, `${path}.${key}`)) {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = changed;
      yield [where, copy];
    }
  }
}
