import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type HistoryFact, isSolved, STATUSES, type TicketHistory, type TicketStatus } from './history.ts';
import { backlog } from './kpis/backlog.ts';
import { observe } from './observe.ts';
import { type Beat, calendarSeconds, clock, EVER, says, ticketOf } from './testing/play.ts';

const START = clock('00:00:00');

const fact: fc.Arbitrary<HistoryFact> = fc.oneof(
  fc
    .constantFrom(...STATUSES)
    .map((to): HistoryFact => ({ type: 'status', to, actor: 'agent', agentId: 'a1' })),
  fc.constantFrom<HistoryFact>(
    { type: 'spam' },
    { type: 'unspam' },
    { type: 'delete' },
    { type: 'restore' },
    { type: 'merge', into: 't9' },
    { type: 'unmerge' },
    says.customer,
    says.agent,
  ),
  fc.constantFrom('one', 'two').map((to): HistoryFact => ({ type: 'team', to })),
);

const history = fc
  .record({
    createdAt: fc.integer({ min: 0, max: 50 }).map((second) => START + second * 1000),
    beats: fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fact), { maxLength: 12 }),
    origin: fc.constantFrom('inbound' as const, 'proactive' as const),
    training: fc.boolean(),
  })
  .map(({ createdAt, beats, origin, training }) => {
    const timed = beats
      .map(([second, one]): Beat => [Math.max(createdAt, START + second * 1000), one])
      .sort((a, b) => Number(a[0]) - Number(b[0]));
    return ticketOf(timed, { createdAt, origin, training, teamId: 'one' });
  });
const desk = fc
  .array(history, { maxLength: 8 })
  .map((all) => all.map((one, index): TicketHistory => ({ ...one, ticketId: `t${index}` })));

/** Replays a ticket the plain way: read its events up to an instant and look at how it stands. */
function isUnsolvedAt({ events, origin, training }: TicketHistory, at: number): boolean {
  const past = events.filter((event) => event.at <= at);
  const marks = new Map([
    ['spam', 'unspam'],
    ['delete', 'restore'],
    ['merge', 'unmerge'],
  ]);
  const removed = [...marks].some(([on, off]) => {
    const last = past.findLast(({ type }) => type === on || type === off);
    return last?.type === on;
  });
  const answered = past.some((event) => event.type === 'message' && event.author === 'customer');
  const status = past.reduce<TicketStatus>((now, event) => (event.type === 'status' ? event.to : now), 'new');
  const entered = past.length > 0 && !training && (origin !== 'proactive' || answered);
  return entered && !removed && !isSolved(status);
}

it('equals a plain replay at every instant, and its identity closes', () => {
  fc.assert(
    fc.property(desk, fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 110 }), (tickets, a, b) => {
      const [from, to] = [START + Math.min(a, b) * 1000, START + Math.max(a, b) * 1000];
      const observations = tickets.flatMap((one) => observe(one, calendarSeconds));
      const figure = backlog.figure(observations, { ...EVER, from, to });
      const expected = tickets.filter((one) => isUnsolvedAt(one, to - 1000)).map(({ ticketId }) => ticketId);
      expect(figure.items.map(({ ticketId }) => ticketId)).toEqual(expected);
      expect(figure.details.identity).toMatchObject({
        end: expected.length,
        closes: true,
        movedIn: 0,
        movedOut: 0,
      });
    }),
    { numRuns: 300 },
  );
});

it('closes inside one team too', () => {
  fc.assert(
    fc.property(desk, fc.integer({ min: 0, max: 110 }), (tickets, end) => {
      const observations = tickets
        .flatMap((one) => observe(one, calendarSeconds))
        .filter(({ dims }) => dims.teamId === 'two');
      const figure = backlog.figure(observations, { ...EVER, to: START + end * 1000 });
      expect(figure.details.identity).toMatchObject({ end: figure.n, closes: true });
      for (const [term, rowsOf] of Object.entries(backlog.terms ?? {}))
        expect(rowsOf(observations, { ...EVER, to: START + end * 1000 })).toHaveLength(
          (figure.details.identity as Record<string, number>)[term] ?? -1,
        );
    }),
    { numRuns: 200 },
  );
});

it('gives every row of a ticket its own key', () => {
  fc.assert(
    fc.property(history, (one) => {
      const keys = observe(one, calendarSeconds).map(({ measure, key }) => `${measure} ${key}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 200 },
  );
});
