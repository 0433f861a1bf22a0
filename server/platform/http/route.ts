import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Desk } from '../desk.ts';
import type { Principal } from './principal.ts';

/** May this principal do this at all? What it may do it to is asked again where the rows are read. */
export type Policy = (principal: Principal | null) => boolean;

export interface RouteRequest<P, Q, B> {
  desk: Desk;
  /** Null only where the policy lets anybody in. */
  principal: Principal | null;
  params: P;
  query: Q;
  body: B;
  /** The raw request and reply, for streams, files and cookies. */
  http: FastifyRequest;
  reply: FastifyReply;
}

type Shape = z.ZodType;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Route<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  R extends Shape | undefined,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** A name from some module's policies; a route without one does not start. */
  policy: string;
  /** One line for the API documentation. */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  status?: number;
  /** `native` (default) or `wire`: the shape errors are answered in. */
  dialect?: 'native' | 'wire';
  /** Requests a minute for one principal or address; the default is 1,200. */
  limit?: number;
  /** Replies with a stream or bytes of its own; which media types. */
  raw?: string[];
  bodyLimit?: number;
  /** An answer under an Idempotency-Key is kept to be given again; one with a secret in it must not be. */
  unrepeatable?: boolean;
  /** The body is read by the route itself: a file's bytes, or lines. Their media type. */
  takesBytes?: string;
  handle(request: RouteRequest<Out<P>, Out<Q>, Out<B>>): Promise<R extends Shape ? z.input<R> : unknown>;
}

/** Keeps the types of a route's shapes. */
export function route<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
  R extends Shape | undefined = undefined,
>(definition: Route<P, Q, B, R>): Route<P, Q, B, R> {
  return definition;
}
