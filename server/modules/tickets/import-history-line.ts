import { z } from 'zod';
import { channelShape, priorityShape, statusShape, ticketTypeShape } from './contract.ts';

/** One ticket of a history import: a line of NDJSON. Unknown fields are refused, never ignored. */

const first = Date.UTC(1970, 0, 1);
const last = Date.UTC(2200, 0, 1);
/** Figures keep a ticket's seconds in 31 bits; one that lived longer would hold up those of the whole desk. */
const longestLife = (2 ** 31 - 1) * 1000;

const at = z.iso
  .datetime({ offset: true })
  .transform((text) => Math.floor(Date.parse(text) / 1000) * 1000)
  .refine((ms) => ms >= first && ms < last, 'must lie between 1970 and 2200');
const label = z.union([z.string().trim().min(1).max(200), z.number()]).transform(String);
const author = z.enum(['customer', 'agent', 'bot', 'system']);
const seconds = z.int().min(0).max(1_000_000_000);
const tier = z.coerce.number().int().min(1).max(4);
const tag = z.string().trim().toLowerCase().min(1).max(60);
const body = z.string().max(200_000);

const event = z.discriminatedUnion('type', [
  z.strictObject({
    at,
    type: z.literal('message'),
    author,
    agent: label.nullish(),
    public: z.boolean().default(true),
    body: body.default(''),
    channel: channelShape.optional(),
  }),
  z.strictObject({
    at,
    type: z.literal('status'),
    to: statusShape,
    by: author.default('agent'),
    agent: label.nullish(),
  }),
  z.strictObject({
    at,
    type: z.literal('assign'),
    agent: label.nullable(),
    by: z.enum(['agent', 'routing']),
  }),
  z.strictObject({ at, type: z.literal('claim'), agent: label }),
  z.strictObject({
    at,
    type: z.literal('call'),
    answered: z.boolean(),
    queue: seconds.nullish(),
    holds: z.array(seconds).default([]),
    talk: seconds.nullish(),
    wrap: seconds.nullish(),
    agent: label.nullish(),
  }),
  z.strictObject({ at, type: z.literal('escalate'), tier, reason: z.string().max(500).nullish() }),
  z.strictObject({ at, type: z.literal('team'), to: label.nullable() }),
  z.strictObject({ at, type: z.literal('priority'), to: priorityShape.nullable() }),
  z.strictObject({
    at,
    type: z.literal('tag'),
    add: z.array(tag).default([]),
    remove: z.array(tag).default([]),
  }),
  z.strictObject({ at, type: z.literal('merge'), into: label }),
  z.strictObject({ at, type: z.enum(['handoff', 'unmerge', 'spam', 'unspam', 'delete', 'restore']) }),
  z.strictObject({
    at,
    type: z.literal('survey'),
    kind: z.string().max(60),
    scale: z.union([
      z.tuple([z.number(), z.number()]).transform((ends) => ends.join('-')),
      z.string().max(20),
    ]),
    score: z.number(),
    comment: z.string().max(10_000).nullish(),
  }),
]);
export type HistoryEvent = z.output<typeof event>;

/** The name of a schedule of the desk, or its hours. */
const schedule = z.union([z.string().trim().min(1).max(200), z.record(z.string(), z.unknown())]);

export const historyLine = z
  .strictObject({
    id: label,
    subject: z.string().max(500).default(''),
    createdAt: at,
    channel: channelShape.default('api'),
    origin: z.enum(['inbound', 'on_behalf', 'proactive']).default('inbound'),
    customer: z.string().trim().min(1).max(320).nullish(),
    organization: z.string().trim().min(1).max(200).nullish(),
    team: label.nullish(),
    tier: tier.nullish(),
    priority: priorityShape.nullish(),
    type: ticketTypeShape.nullish(),
    topic: z.string().max(200).nullish(),
    language: z.string().max(20).nullish(),
    tags: z.array(tag).max(50).default([]),
    schedule: schedule.nullish(),
    spam: z.boolean().default(false),
    training: z.boolean().default(false),
    deleted: z.boolean().default(false),
    mergedInto: label.nullish(),
    events: z.array(event).max(10_000).default([]),
  })
  .refine((line) => line.events.every((one) => one.at >= line.createdAt), {
    error: 'an event lies before createdAt',
    path: ['events'],
  })
  .refine((line) => line.events.every((one) => one.at - line.createdAt <= longestLife), {
    error: 'an event lies more than 68 years after createdAt',
    path: ['events'],
  });
export type HistoryLine = z.output<typeof historyLine>;
