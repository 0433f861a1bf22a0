import { expect, test } from 'vitest';
import type { TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { effectsOf } from './event-effect.ts';

let next = 1;
const event = (type: string, data: Record<string, unknown> = {}): TimelineEntry => ({
  eventId: next++,
  type,
  at: '2026-03-02T09:00:00.000Z',
  actorKind: 'agent',
  actorId: 1,
  actorName: 'Hanna',
  causedBy: null,
  reason: null,
  people: [],
  data,
});
const words = (entry: TimelineEntry, before: TimelineEntry[] = []) =>
  effectsOf(entry, before).map(({ how, clock }) => `${how} ${clock}`);

test('a question starts the clocks, the first answer of an agent stops the first reply', () => {
  expect(words(event('ticket.opened', { origin: 'inbound', assigneeId: null }))).toEqual([
    'starts first_reply',
    'starts claim',
    'starts resolution',
  ]);
  const answer = event('message.sent', { author: 'agent' });
  expect(words(answer)).toEqual(['stops first_reply']);
  expect(words(event('message.sent', { author: 'agent' }), [answer])).toEqual(['stops next_reply']);
  expect(words(event('message.received'), [answer])).toEqual(['starts next_reply']);
});

test('an answer that is taken back lets the wait go on', () => {
  const answer = event('message.sent', { author: 'agent', messageId: 5 });
  const back = event('message.withdrawn', { messageId: 5 });
  expect(words(back, [answer])).toEqual(['resumes first_reply']);
  expect(words(event('message.sent', { author: 'agent', messageId: 6 }), [answer, back])).toEqual([
    'stops first_reply',
  ]);
});

test('what it had changed is taken back without counting', () => {
  const claim = event('ticket.claimed', { agentId: 1 });
  const given = event('ticket.assigned', { from: 1, to: null, undoes: [claim.eventId] });
  expect(words(given, [claim])).toEqual(['resumes claim']);
  expect(words(event('ticket.claimed', { agentId: 2 }), [claim, given])).toEqual(['stops claim']);
  const solve = event('ticket.status_changed', { from: 'open', to: 'solved' });
  const back = event('ticket.status_changed', { from: 'solved', to: 'open', undoes: [solve.eventId] });
  expect(words(back, [solve])).toEqual(['resumes resolution']);
});

test('an acknowledgement or a bot stops nothing, and a desk that writes first owes no first reply', () => {
  expect(words(event('message.sent', { author: 'system' }))).toEqual([]);
  expect(words(event('message.sent', { author: 'bot' }))).toEqual([]);
  expect(words(event('ticket.opened', { origin: 'proactive', assigneeId: 1 }))).toEqual([
    'starts resolution',
  ]);
});

test('solving stops, waiting may pause, coming back counts as a reopen', () => {
  expect(words(event('ticket.status_changed', { from: 'open', to: 'solved' }))).toEqual(['stops resolution']);
  expect(words(event('ticket.status_changed', { from: 'open', to: 'pending' }))).toEqual([
    'pauses resolution',
  ]);
  expect(words(event('ticket.status_changed', { from: 'pending', to: 'open' }))).toEqual([
    'resumes resolution',
  ]);
  expect(words(event('ticket.status_changed', { from: 'solved', to: 'open' }))).toEqual([
    'counts reopens',
    'resumes resolution',
  ]);
});

test('only the first claim stops the claim clock; giving a ticket on counts', () => {
  const claim = event('ticket.claimed', { agentId: 1 });
  expect(words(claim)).toEqual(['stops claim']);
  expect(words(event('ticket.claimed', { agentId: 2 }), [claim])).toEqual([]);
  expect(words(event('ticket.assigned', { from: null, to: 1 }))).toEqual([]);
  expect(words(event('ticket.assigned', { from: 1, to: 2 }))).toEqual(['counts reassignments']);
  expect(words(event('ticket.tier_changed', { from: 1, to: 2 }))).toEqual(['counts escalations']);
  expect(words(event('ticket.tier_changed', { from: 2, to: 1 }))).toEqual([]);
});
