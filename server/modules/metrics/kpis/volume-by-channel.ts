import { z } from 'zod';
import { sumOf } from '../arithmetic/distribution.ts';
import { displayPercent, percentOf } from '../arithmetic/ratio.ts';
import { count, instant } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { Frame } from '../figure.ts';
import { counted, inFrame } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { KpiDefinition } from './definition.ts';
import { TICKET_SPLITS, textsOf } from './definition.ts';
import { ticketVolume } from './ticket-volume.ts';

const ID = 'volume_by_channel';
const UNKNOWN = 'unknown';

export type ChannelCounts = Record<string, number>;

/** Shares are never forced to add to 100; the count stands beside each. */
function shareOut(counts: ChannelCounts) {
  const total = sumOf(Object.values(counts));
  const each = <T>(make: (num: number) => T) =>
    Object.fromEntries(Object.entries(counts).map(([channel, num]) => [channel, make(num)]));
  const display = each((num) => displayPercent({ num, den: total }));
  return {
    total,
    counts,
    shares: each((num) => percentOf({ num, den: total })),
    display,
    displaySumsTo100: sumOf(Object.values(display).map(tenthsOf)) === 1000,
  };
}

function tenthsOf(text: string): number {
  return Math.round(Number.parseFloat(text.replace(/[<>]/, '')) * 10);
}

function countChannels(rows: readonly Observation[]): ChannelCounts {
  const counts: ChannelCounts = {};
  for (const { dims } of rows) {
    const channel = dims.channel ?? UNKNOWN;
    counts[channel] = (counts[channel] ?? 0) + 1;
  }
  return counts;
}

function figure(observations: readonly Observation[], frame: Frame) {
  const volume = ticketVolume.figure(observations, frame);
  const tickets = counted(inFrame(observations, 'created', frame));
  const contacts = countChannels(counted(inFrame(observations, 'contact', frame)));
  return { ...volume, details: { ...shareOut(countChannels(tickets)), contacts } };
}

const numbers = z.record(z.string(), count);
const shares = z.strictObject({
  total: count,
  counts: numbers,
  shares: z.record(z.string(), z.number().nullable()),
  display: z.record(z.string(), z.string()),
  displaySumsTo100: z.boolean(),
});
const withContacts = shares.extend({ tickets: numbers, contacts: numbers, contactsTotal: count });

const byCounts = defineShape('counts', z.strictObject({ counts: numbers }), shares, ({ counts }) =>
  shareOut(counts),
);

const byTickets = defineShape('tickets', ticketsInput, withContacts, (input) => {
  const { observations, frame } = observeTickets(input);
  const { contacts, ...tickets } = figure(observations, frame).details;
  return { ...tickets, tickets: tickets.counts, contacts, contactsTotal: sumOf(Object.values(contacts)) };
});

const contact = z.strictObject({ ticket: z.string(), channel: z.string(), at: instant.optional() });

/** Contacts in time order: the first one of a ticket gives the ticket its channel. */
const byContacts = defineShape(
  'contacts',
  z.strictObject({ contacts: z.array(contact) }),
  withContacts,
  (input) => {
    const firsts = new Map<string, string>();
    const contacts: ChannelCounts = {};
    const tickets: ChannelCounts = {};
    for (const { ticket, channel } of input.contacts) {
      contacts[channel] = (contacts[channel] ?? 0) + 1;
      if (firsts.has(ticket)) continue;
      firsts.set(ticket, channel);
      tickets[channel] = (tickets[channel] ?? 0) + 1;
    }
    return { ...shareOut(tickets), tickets, contacts, contactsTotal: input.contacts.length };
  },
);

/** Ticket volume by the channel of the first inbound contact. */
export const volumeByChannel: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'tickets',
  direction: 'neutral',
  clock: 'none',
  attribution: 'created',
  exclusions: EXCLUSION_REASONS,
  reads: [
    { rows: 'period', measure: 'created' },
    { rows: 'period', measure: 'contact' },
  ],
  splits: TICKET_SPLITS,
  figure,
  calculator: defineCalculator(ID, [byCounts, byTickets, byContacts]),
};
