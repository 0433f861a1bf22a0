import { z } from 'zod';
import type { HistoryFact } from '../history.ts';
import { CHANNELS, PRIORITIES, STATUSES } from '../history.ts';
import { count, instant } from './fields.ts';

const author = z.enum(['customer', 'agent', 'bot', 'system']);
const agent = z.string().min(1);
const at = instant;
const label = z.union([z.string(), z.number()]).transform(String);

const message = z.strictObject({
  at,
  type: z.literal('message'),
  author,
  agent: agent.nullish(),
  public: z.boolean().default(true),
  body: z.string().optional(),
  channel: z.enum(CHANNELS).optional(),
});
const status = z.strictObject({
  at,
  type: z.literal('status'),
  to: z.enum(STATUSES),
  by: author.default('agent'),
  agent: agent.nullish(),
});
const assign = z.strictObject({
  at,
  type: z.literal('assign'),
  agent: agent.nullable(),
  by: z.enum(['agent', 'routing']),
});
const claim = z.strictObject({ at, type: z.literal('claim'), agent });
const call = z.strictObject({
  at,
  type: z.literal('call'),
  answered: z.boolean(),
  queue: count.optional(),
  holds: z.array(count).optional(),
  talk: count.optional(),
  wrap: count.optional(),
  agent: agent.nullish(),
});
const escalate = z.strictObject({
  at,
  type: z.literal('escalate'),
  tier: label,
  reason: z.string().optional(),
});
const team = z.strictObject({ at, type: z.literal('team'), to: label.nullable() });
const priority = z.strictObject({ at, type: z.literal('priority'), to: z.enum(PRIORITIES).nullable() });
const words = z.array(z.string()).default([]);
const tag = z.strictObject({ at, type: z.literal('tag'), add: words, remove: words });
const merge = z.strictObject({ at, type: z.literal('merge'), into: label });
const plain = z.strictObject({
  at,
  type: z.enum(['handoff', 'unmerge', 'spam', 'unspam', 'delete', 'restore']),
});
const survey = z.strictObject({
  at,
  type: z.literal('survey'),
  kind: z.string(),
  scale: z.tuple([z.int(), z.int()]).optional(),
  score: z.number(),
  comment: z.string().optional(),
});

/** One event of an imported or calculated history. */
export const ticketEvent = z.discriminatedUnion('type', [
  message,
  status,
  assign,
  claim,
  call,
  escalate,
  team,
  priority,
  tag,
  merge,
  plain,
  survey,
]);
export type TicketEventInput = z.output<typeof ticketEvent>;

/** `null` for events that no measure of a ticket's flow reads. */
export function factOf(event: TicketEventInput): HistoryFact | null {
  switch (event.type) {
    case 'message':
      return {
        type: 'message',
        author: event.author,
        agentId: event.agent ?? null,
        public: event.public,
        channel: event.channel ?? null,
      };
    case 'status':
      return { type: 'status', to: event.to, actor: event.by, agentId: event.agent ?? null };
    case 'assign':
      return { type: 'assign', to: event.agent, by: event.by, actorId: null };
    case 'claim':
      return { type: 'claim', agentId: event.agent };
    case 'call':
      return { type: 'call', answered: event.answered, agentId: event.agent ?? null };
    case 'escalate':
      return { type: 'tier', to: event.tier };
    case 'survey':
      return null;
    default:
      return withoutInstant(event);
  }
}

type Verbatim = Exclude<
  TicketEventInput,
  { type: 'message' | 'status' | 'assign' | 'claim' | 'call' | 'escalate' | 'survey' }
>;

function withoutInstant({ at: _, ...fact }: Verbatim): HistoryFact {
  return fact;
}
