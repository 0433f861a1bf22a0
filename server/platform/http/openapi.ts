import { z } from 'zod';
import { html } from '../html.ts';
import type { Policy } from './route.ts';
import type { AnyRoute } from './server.ts';

type Json = Record<string, unknown>;

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return schema;
}

/** OpenAPI 3.1 of the native API, made from the very shapes that check the requests. */
export function openApiDocument(routes: AnyRoute[], policies: ReadonlyMap<string, Policy>): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes.filter((one) => one.path.startsWith('/api/desk/v1'))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(route, policies.get(route.policy)?.(null) === true),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Firstline',
      version: '1',
      description: 'The native API of the desk. Lists are paged, never cut.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { basic: [] }, { session: [] }],
    components: {
      schemas: { Error: schemaOf(errorShape, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        basic: {
          type: 'http',
          scheme: 'basic',
          description: 'email/token as user, the API token as password',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'firstline',
          description:
            'A signed-in browser, and the only way in for customers; over TLS the cookie is `__Host-firstline`. ' +
            'Writes also need the header `X-Firstline-CSRF: 1`.',
        },
      },
    },
    paths,
  };
}

const errorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    details: z.unknown().optional(),
  }),
  requestId: z.string(),
});
const refusal = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };

/** What the door itself answers such a route's requests, and `default` for what its command refuses. */
function refusalsOf(route: AnyRoute, isOpen: boolean): [status: string, description: string][] {
  const isWrite = route.method !== 'GET';
  return [
    ['400', 'The address, its parameters or the JSON cannot be read; `fields` names which'],
    ['401', 'Credentials are missing, or do not hold'],
    ...(isOpen && !isWrite
      ? []
      : [['403', 'The role or the token’s scope does not allow it'] as [string, string]]),
    ...(route.params ? [['404', 'It does not exist, or is not yours to see'] as [string, string]] : []),
    ...(isWrite
      ? [['422', 'A field is unknown or cannot be taken; `fields` names which'] as [string, string]]
      : []),
    ['429', 'Too many requests; `Retry-After` says when to try again'],
    ['default', 'Refused by what was asked, such as 409 with a newer version'],
  ];
}

function operation(route: AnyRoute, isOpen: boolean): Json {
  return {
    operationId: `${route.method.toLowerCase()} ${route.path}`,
    summary: route.summary,
    'x-policy': route.policy,
    'x-scope': route.method === 'GET' ? 'read' : 'write',
    ...(isOpen ? { security: [{}] } : {}),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }
      : {}),
    ...(route.takesBytes ? { requestBody: { required: true, content: { [route.takesBytes]: {} } } } : {}),
    responses: {
      [String(route.status ?? (route.method === 'POST' ? 201 : 200))]: {
        description: 'Done',
        ...(route.response
          ? { content: { 'application/json': { schema: schemaOf(route.response, 'output') } } }
          : {}),
        ...(route.raw ? { content: Object.fromEntries(route.raw.map((type) => [type, {}])) } : {}),
      },
      ...Object.fromEntries(
        refusalsOf(route, isOpen).map(([status, description]) => [status, { description, content: refusal }]),
      ),
    },
  };
}

function parameters(shape: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const schema = schemaOf(shape, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required?.includes(name) ?? false),
    schema: property,
  }));
}

/** The same, to be read: one line a route, without a script. */
export function readableDocs(routes: AnyRoute[]): string {
  const rows = routes.map(
    (route) =>
      html`<tr><td><code>${route.method}</code></td><td><code>${route.path}</code></td><td>${route.summary}</td><td>${route.policy}</td></tr>`,
  );
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Firstline API</title><style>body{font:14px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}td{padding:.3rem .8rem .3rem 0;vertical-align:top;border-top:1px solid #ddd}</style>
<h1>Firstline API</h1><p>Send an API token as <code>Authorization: Bearer …</code>, or Basic <code>email/token:TOKEN</code>.
Every request and answer is described in <a href="/api/desk/v1/openapi.json">openapi.json</a>.</p>
<table><tr><th>Method</th><th>Path</th><th>What it does</th><th>Policy</th></tr>${rows}</table></html>`.toString();
}
