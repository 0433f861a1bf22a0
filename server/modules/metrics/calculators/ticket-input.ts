import { z } from 'zod';
import type { HistoryEvent, TicketHistory } from '../history.ts';
import { CHANNELS, ORIGINS, PRIORITIES } from '../history.ts';
import { instant } from './fields.ts';
import { factOf, ticketEvent } from './ticket-event.ts';

const text = z.string();
const label = z.union([z.string(), z.number()]).transform(String);

/** A ticket with its history, in the vocabulary of the history import. */
export const ticket = z.strictObject({
  id: label,
  subject: text.optional(),
  createdAt: instant,
  channel: z.enum(CHANNELS).nullish(),
  origin: z.enum(ORIGINS).default('inbound'),
  customer: text.nullish(),
  organization: text.nullish(),
  team: label.nullish(),
  tier: label.nullish(),
  priority: z.enum(PRIORITIES).nullish(),
  type: text.nullish(),
  topic: text.nullish(),
  language: text.nullish(),
  tags: z.array(text).default([]),
  spam: z.boolean().default(false),
  training: z.boolean().default(false),
  deleted: z.boolean().default(false),
  mergedInto: label.nullish(),
  events: z.array(ticketEvent).default([]),
});
export type TicketInput = z.output<typeof ticket>;

/** The record that the live figures read, cut at `asOf`; `null` for a ticket that was not there yet. */
export function historyOf(input: TicketInput, asOf = Number.POSITIVE_INFINITY): TicketHistory | null {
  if (input.createdAt > asOf) return null;
  const happened = input.events.filter(({ at }) => at <= asOf).sort((a, b) => a.at - b.at);
  return {
    ticketId: input.id,
    createdAt: input.createdAt,
    origin: input.origin,
    training: input.training,
    channel: input.channel ?? null,
    teamId: input.team ?? null,
    tier: input.tier ?? null,
    priority: input.priority ?? null,
    language: input.language ?? null,
    spamNow: input.spam,
    deletedNow: input.deleted,
    mergedInto: input.mergedInto ?? null,
    events: [openingOf(input), ...happened.flatMap((event, index) => eventOf(event, index))],
  };
}

function openingOf({ createdAt }: TicketInput): HistoryEvent {
  return {
    eventId: 'opened',
    position: 0,
    at: createdAt,
    recordedAt: createdAt,
    type: 'opened',
    status: 'new',
  };
}

function eventOf(event: TicketInput['events'][number], index: number): HistoryEvent[] {
  const fact = factOf(event);
  if (fact === null) return [];
  const position = index + 1;
  return [{ eventId: String(position), position, at: event.at, recordedAt: event.at, ...fact }];
}
