import { expect, test } from 'vitest';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { concerns, holdsStill, latestNews, readPromiseNews } from './promise-news.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const told = (type: string, more: object = {}) => ({
  type,
  position: 1,
  data: {
    ticketId: 7,
    recordedAt: '2026-03-02T09:59:59Z',
    data: { target: 'claim', dueAt: '2026-03-02T10:12:00Z' },
    ...more,
  },
});
const due = { kind: 'warned', ticketId: 7, target: 'claim', dueAt: now + 720_000 } as const;
const ticket = (more: Partial<Ticket>) =>
  ({ id: 7, assigneeId: null, teamId: null, dueAt: '2026-03-02T10:12:00Z', ...more }) as Ticket;

test('four fifths and the whole of a promise are news; the rest, and what is old, is not', () => {
  expect(readPromiseNews(told('sla.warned'), now)).toEqual(due);
  expect(readPromiseNews(told('sla.breached'), now)).toEqual({ ...due, kind: 'breached' });
  expect(readPromiseNews(told('sla.fulfilled'), now)).toBeNull();
  expect(readPromiseNews(told('sla.warned', { recordedAt: '2026-03-02T09:57:59Z' }), now)).toBeNull();
  expect(readPromiseNews({ type: 'sla.warned', position: 1, data: null }, now)).toBeNull();
});

test('it concerns the owner; without one the team; without either everybody; and whoever reads it', () => {
  const reader = { id: 1, teamIds: [10], openId: null };
  expect(concerns(reader, ticket({ assigneeId: 1, teamId: 11 }))).toBe(true);
  expect(concerns(reader, ticket({ assigneeId: 2, teamId: 10 }))).toBe(false);
  expect(concerns({ ...reader, openId: 7 }, ticket({ assigneeId: 2 }))).toBe(true);
  expect(concerns(reader, ticket({ teamId: 10 }))).toBe(true);
  expect(concerns(reader, ticket({ teamId: 11 }))).toBe(false);
  expect(concerns(reader, ticket({}))).toBe(true);
});

test('what was answered meanwhile is not told', () => {
  expect(holdsStill(due, ticket({}))).toBe(true);
  expect(holdsStill(due, ticket({ dueAt: null }))).toBe(false);
  expect(holdsStill(due, ticket({ dueAt: '2026-03-02T18:00:00Z' }))).toBe(false);
});

test('what is nearly late and late at once is told as late, once', () => {
  const late = { ...due, kind: 'breached' } as const;
  const other = { ...due, target: 'resolution' } as const;
  expect(latestNews([due, late, other, other])).toEqual([late, other]);
});
