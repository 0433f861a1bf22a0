import cookie from '@fastify/cookie';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Desk } from '../desk.ts';
import { addConsole } from './console-page.ts';
import { badRequest } from './errors.ts';
import { failureBody, toHttpError } from './failures.ts';
import { addHealthRoutes } from './health.ts';
import { isTooDeep } from './json.ts';
import { isIn } from './networks.ts';
import { openApiDocument, readableDocs } from './openapi.ts';
import { createRateLimiter } from './rate-limit.ts';
import type { Policy, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { serveRoute } from './serve-route.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body that is named JSON is a file here, like any other. */
    takesBytes?: boolean;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a list of routes whose shapes differ
export type AnyRoute = Route<any, any, any, any>;

export interface HttpServer {
  app: FastifyInstance;
  /** Every route with its policy, from the router's own list. */
  routes: AnyRoute[];
  policies: ReadonlyMap<string, Policy>;
  /** What the router itself was told, method and address, also by who asked for no policy. */
  registered: string[];
}

export async function buildServer(desk: Desk, limiter = createRateLimiter()): Promise<HttpServer> {
  const app: FastifyInstance = fastify({
    loggerInstance: desk.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 2 * 1024 * 1024,
    // A forwarded address is a claim of the client, unless a proxy of one's own says it.
    trustProxy: (address: string) => isIn(desk.config.trustedProxies, address),
    genReqId: () => crypto.randomUUID(),
    frameworkErrors: (error, request, reply) => answerFailure(desk)(error, request, reply),
    forceCloseConnections: true,
    connectionTimeout: 30_000,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  const registered: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) registered.push(`${one} ${url}`);
  });
  await app.register(cookie);
  // Clients name JSON also where they send no body at all.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (request.routeOptions.config.takesBytes) done(null, body);
    else if (body.length === 0) done(null, undefined);
    else {
      const text = body.toString('utf8');
      if (isTooDeep(text)) done(badRequest('The JSON is nested too deeply.'));
      else parseJson(request, text, done);
    }
  });
  // Only JSON is parsed; everything else arrives as the bytes it is.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', securityHeaders(desk.config));
  app.addHook('onResponse', logRequest(desk));
  app.setErrorHandler(answerFailure(desk));

  const policies = collectPolicies(desk);
  const routes = desk.modules.flatMap((module) => (module.routes ?? []) as AnyRoute[]);
  const authenticate = desk.modules.find((module) => module.authenticate)?.authenticate ?? (async () => null);
  for (const route of routes) {
    const policy = policies.get(route.policy);
    if (!policy) throw new Error(`${route.method} ${route.path} names no known policy: ${route.policy}`);
    serveRoute(app, desk, { route, policy, authenticate, limiter });
  }
  addHealthRoutes(app, desk);
  addDocs(app, routes, policies);
  await addConsole(app, desk);
  return { app, routes, policies, registered };
}

function collectPolicies(desk: Desk): Map<string, Policy> {
  return new Map(desk.modules.flatMap((module) => Object.entries(module.policies ?? {})));
}

function logRequest(desk: Desk) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    desk.log.debug(
      {
        request: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
  };
}

function answerFailure(desk: Desk) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    const failure = toHttpError(error);
    if (failure.status >= 500) desk.log.error({ request: request.id, error }, 'request failed');
    reply
      .status(failure.status)
      .headers(failure.headers)
      .type('application/json; charset=utf-8')
      .send(failureBody(request.url, failure, request.id));
  };
}

function addDocs(app: FastifyInstance, routes: AnyRoute[], policies: ReadonlyMap<string, Policy>): void {
  const document = openApiDocument(routes, policies);
  app.get('/api/desk/v1/openapi.json', async () => document);
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(readableDocs(routes)),
  );
}
