import type { FastifyRequest } from 'fastify';
import type { NowReaction } from './command.ts';
import type { Desk } from './desk.ts';
import type { EventType } from './events/event-map.ts';
import type { Consumer } from './events/follow-events.ts';
import type { Principal } from './http/principal.ts';
import type { Policy, Route } from './http/route.ts';
import type { JobRunner } from './jobs/job.ts';
import type { Signal } from './realtime.ts';

/** What a module offers the floor plan. Everything is optional but the name. */
export interface DeskModule {
  name: string;
  /** One line a permission; every route names one of these. */
  policies?: Record<string, Policy>;
  // biome-ignore lint/suspicious/noExplicitAny: a list of routes whose shapes differ
  routes?: Route<any, any, any, any>[];
  /** Reactions in the same transaction, in floor-plan order. */
  reactions?: Partial<Record<EventType, NowReaction>>;
  /** What other processes and caches must hear at once when an event of this type commits. */
  signals?: Partial<Record<EventType, Signal>>;
  /** Reactions that follow the log. */
  consumers?: Consumer[];
  jobs?: Record<string, JobRunner>;
  /** Who asks? Exactly one module (auth) answers. */
  authenticate?(desk: Desk, request: FastifyRequest): Promise<Principal | null>;
  /** What the desk calls itself, told to strangers. At most one module (auth) answers. */
  deskName?(desk: Desk): Promise<string>;
  /** Runs in web processes after the routes are up: doors such as the SMTP listener. Answers how to stop, and a line to print for each door. */
  open?(desk: Desk): Promise<{ doors: string[]; close(): Promise<void> }>;
  /** Runs once a process, after migration: first rows such as the environment's admin. Safe to run twice. */
  prepare?(desk: Desk): Promise<void>;
}
