import { z } from 'zod';
import { id, instant } from '../auth/contract.ts';
import { channelShape, priorityShape, ticketTypeShape } from '../tickets/contract.ts';

/** The shapes of SLA policies at the native API. Durations are whole seconds, times ISO-8601 in UTC. */

const weekSeconds = 604_800;

/** `claim`: until a person takes a new ticket; being given it by a rule or a colleague is not taking it. */
export const targetShape = z.enum(['first_reply', 'next_reply', 'resolution', 'claim']);
export type Target = z.infer<typeof targetShape>;
/** `calendar`: every second counts; `business`: those in which the ticket's schedule is open. */
export const measureShape = z.enum(['calendar', 'business']);
export type Measure = z.infer<typeof measureShape>;

const op = z.enum(['any_of', 'none_of']).default('any_of');
const listOf = <V extends z.ZodType>(value: V) => z.array(value).min(1).max(200);
const word = z.string().trim().toLowerCase().min(1).max(60);
const condition = <F extends string, V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ field: z.literal(field), op, values: listOf(value) });

/** `null` among the values stands for "none", such as a ticket without a team. */
export const conditionShape = z.discriminatedUnion('field', [
  condition('channel', channelShape),
  condition('inbox', id.nullable()),
  condition('team', id.nullable()),
  condition('organization', id.nullable()),
  condition('customer', id),
  condition('customer_tag', word),
  condition('ticket_tag', word),
  condition('language', z.string().min(1).max(20).nullable()),
  condition('priority', priorityShape.nullable()),
  condition('tier', z.int().min(1).max(4).nullable()),
  condition('type', ticketTypeShape.nullable()),
]);
export type Condition = z.infer<typeof conditionShape>;

/** All of `all`, and where `any` is not empty at least one of it. Both empty: everyone. */
export const filterShape = z.strictObject({
  all: z.array(conditionShape).max(30).default([]),
  any: z.array(conditionShape).max(30).default([]),
});
export type Filter = z.infer<typeof filterShape>;

/** A target for one priority; `priority: null` holds for every priority that has none of its own, and for none. */
export const policyTargetShape = z.strictObject({
  target: targetShape,
  priority: priorityShape.nullable().default(null),
  seconds: z
    .int()
    .min(1)
    .max(52 * weekSeconds),
  clock: measureShape.default('calendar'),
});
export type PolicyTarget = z.infer<typeof policyTargetShape>;

const targets = z
  .array(policyTargetShape)
  .max(20)
  .refine(
    (list) => new Set(list.map(({ target, priority }) => `${target} ${priority}`)).size === list.length,
    'one target for each kind and priority',
  );
const pausesIn = z.array(z.enum(['pending', 'on_hold'])).max(2);
const name = z.string().trim().min(1).max(120);
const description = z.string().max(2000);

/** What a version of a policy says. */
export const definitionShape = z.object({ filter: filterShape, targets, pausesIn });
export type Definition = z.infer<typeof definitionShape>;

export const policyShape = definitionShape.extend({
  id,
  name: z.string(),
  description: z.string(),
  position: z.int(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type Policy = z.infer<typeof policyShape>;

export const createPolicyBody = z.strictObject({
  name,
  description: description.default(''),
  filter: filterShape.default({ all: [], any: [] }),
  targets: targets.refine((list) => list.length > 0, 'a policy promises something'),
  pausesIn: pausesIn.default(['pending']),
});
export type CreatePolicy = z.infer<typeof createPolicyBody>;

export const changePolicyBody = z.strictObject({
  /** The version it was made on; a stale one is refused with 409. */
  version: z.int().optional(),
  name: name.optional(),
  description: description.optional(),
  filter: filterShape.optional(),
  targets: createPolicyBody.shape.targets.optional(),
  pausesIn: pausesIn.optional(),
});
export type ChangePolicy = z.infer<typeof changePolicyBody>;

export const policyParams = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export const policyList = z.object({ items: z.array(policyShape) });
export const orderBody = z.strictObject({ ids: z.array(id).max(500) });
export const previewBody = z.strictObject({ ticketId: id });

const actual = z.union([z.string(), z.int(), z.null(), z.array(z.string())]);
const matchedCondition = z.object({
  field: z.string(),
  op: z.string(),
  values: z.array(z.union([z.string(), z.int(), z.null()])),
  /** The ticket's own value when it matched. */
  actual,
});

/** Why a policy matched: it holds for everyone, or these conditions were true. */
export const reasonShape = z.object({
  everyone: z.boolean(),
  all: z.array(matchedCondition),
  any: z.array(matchedCondition),
});
export type Reason = z.infer<typeof reasonShape>;

const matchedPolicy = z.object({ id, version: z.int(), name: z.string() }).nullable();

export const clockStateShape = z.enum([
  'running',
  'due_soon',
  'paused',
  'breached',
  'met',
  'missed',
  'cancelled',
]);
export const clockShape = z.object({
  id,
  target: targetShape,
  cycle: z.int(),
  policyId: id,
  policyName: z.string(),
  policyVersion: z.int(),
  priority: priorityShape.nullable(),
  clock: measureShape,
  targetSeconds: z.int(),
  /** `breached` runs past its target, `missed` ended past it. */
  state: clockStateShape,
  startedAt: instant,
  elapsedSeconds: z.int(),
  pausedSeconds: z.int(),
  /** Negative past the target. */
  remainingSeconds: z.int(),
  dueAt: instant.nullable(),
  warnAt: instant.nullable(),
  pausedAt: instant.nullable(),
  fulfilledAt: instant.nullable(),
  breachedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
});
export type ClockView = z.infer<typeof clockShape>;

export const ticketSlaShape = z.object({
  ticketId: id,
  policy: matchedPolicy,
  reason: reasonShape.nullable(),
  matchedAt: instant.nullable(),
  clocks: z.array(clockShape),
});

export const previewShape = z.object({
  ticketId: id,
  policy: matchedPolicy,
  reason: reasonShape.nullable(),
  targets: z.array(policyTargetShape),
});
