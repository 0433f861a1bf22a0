import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../../platform/desk.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { findUnstorable } from '../../platform/http/json.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { staffOf } from '../auth/index.ts';
import { inWireWords } from './vocabulary.ts';

/** Query parameters as they came: what is not known is not looked at, as clients of the format expect. */
const anyQuery = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type WireQuery = z.output<typeof anyQuery>;

/** What every read and write of the wire needs to know of the request. */
export interface Asking {
  desk: Desk;
  who: StaffPrincipal;
  /** Scheme and host as the client sees them; every url and next link begins with it. */
  base: string;
  query: WireQuery;
  http: FastifyRequest;
}

interface Definition<P extends z.ZodType | undefined, B extends z.ZodType | undefined> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  policy: string;
  summary: string;
  params?: P;
  body?: B;
  status?: number;
  bodyLimit?: number;
  takesBytes?: string;
  answer(
    asking: Asking,
    params: P extends z.ZodType ? z.output<P> : undefined,
    body: B extends z.ZodType ? z.output<B> : undefined,
  ): Promise<unknown>;
}

/** A route under /api/v2, for staff and their tokens. */
export function wireRoute<
  P extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: Definition<P, B>): Route<P, typeof anyQuery, B, undefined> {
  const { answer, path, ...rest } = definition;
  return route({
    ...rest,
    path: `/api/v2${path}`,
    dialect: 'wire',
    query: anyQuery,
    handle: async ({ desk, principal, params, query, body, http }) => {
      refuseUnstorable(query, 400);
      refuseUnstorable(body, 422);
      const asking = { desk, who: staffOf(principal), base: baseOf(desk, http), query, http };
      try {
        return await answer(asking, params as never, body as never);
      } catch (error) {
        throw inWireWords(error);
      }
    },
  } as Route<P, typeof anyQuery, B, undefined>);
}

function refuseUnstorable(value: unknown, status: 400 | 422): void {
  const path = findUnstorable(value);
  if (path === null) return;
  const fields = { [path || 'body']: 'holds U+0000 or half a character' };
  throw new HttpError(status, 'invalid', 'A text holds a character that cannot be stored.', { fields });
}

/** The public address when the client used it, else the host it named. */
export function baseOf(desk: Desk, http: FastifyRequest): string {
  const host = http.headers.host ?? http.hostname;
  return new URL(desk.config.publicUrl).host === host
    ? new URL(desk.config.publicUrl).origin
    : `http://${host}`;
}

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
export const idParams = z.object({ id });
export const subParams = z.object({ id, sub: id });

export function textOf(query: WireQuery, name: string): string | null {
  const value = query[name];
  const text = Array.isArray(value) ? value.at(-1) : value;
  return text === undefined || text === '' ? null : text;
}

export function includesOf(query: WireQuery): Set<string> {
  return new Set((textOf(query, 'include') ?? '').split(',').map((name) => name.trim()));
}

const mostIds = 100;

/** `?ids=1,2,3`: at most 100. */
export function idsOf(query: WireQuery, name = 'ids'): number[] {
  const ids = listOf(query, name).map(Number);
  if (ids.some((one) => !Number.isSafeInteger(one) || one <= 0))
    throw new HttpError(400, 'bad_request', `${name}: not a list of ids`);
  return ids;
}

export function listOf(query: WireQuery, name: string): string[] {
  const list = (textOf(query, name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  refuseTooMany(list);
  return list;
}

export function refuseTooMany(list: unknown[]): void {
  if (list.length > mostIds) throw new HttpError(400, 'too_many', `at most ${mostIds} at a time`);
}
