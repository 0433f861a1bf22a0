import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { modules } from '../../modules.ts';
import { system } from '../../platform/events/event-map.ts';
import { changeSetting } from '../../platform/settings.ts';
import { deskSettings } from '../auth/index.ts';
import { percentOf, type Ratio } from './arithmetic/ratio.ts';
import { expectToContain } from './testing/expect-close.ts';
import { staffDoor } from './testing/staff-door.ts';

/** The vectors' tickets, imported into a desk of their own: what the desk then shows must be what they expect. */

interface VectorTicket {
  id?: string;
  claimedAt?: string | null;
  events?: object[];
}
interface Vector {
  kpi: string;
  id: string;
  input: {
    tickets?: VectorTicket[];
    period?: { from: string; to: string; tz: string };
    schedule?: object;
    at?: string;
    asOf?: string;
  };
  expected: Record<string, unknown>;
}
// biome-ignore lint/suspicious/noExplicitAny: an answer of the API, judged key by key
type Answer = any;

const file = new URL('../../../../shared/data/kpi-vectors.json', import.meta.url);
const shapes: Record<
  string,
  (figure: Answer, ids: string[], parts: Map<string, number>) => Record<string, unknown>
> = {
  ticket_volume: (figure, ids) => ({ value: figure.value, ids, excluded: figure.exclusions }),
  tickets_solved: ({ value, events, stillSolvedAtEnd }) => ({ distinct: value, events, stillSolvedAtEnd }),
  first_response_time: (figure) => ({
    n: figure.n,
    waiting: figure.waiting.count,
    sumSeconds: figure.numerator,
    meanSeconds: figure.value,
    medianSeconds: figure.median,
    p90Seconds: figure.p90,
    calendarMeanSeconds: figure.calendar.mean,
    anyResponseSeconds: figure.anyResponse.mean,
    sinceCreationSeconds: figure.sinceCreation.mean,
  }),
  resolution_time: ({ n, value, median, first }) => ({
    n,
    fullMeanSeconds: value,
    fullMedianSeconds: median,
    firstMeanSeconds: first.mean,
  }),
  backlog: ({ value, actionable }, ids) => ({ backlog: value, actionable, ids }),
  claim_time: ({ numerator, denominator, value, byChannel, waitingInTime }) => ({
    num: numerator,
    den: denominator,
    value,
    byChannel: Object.fromEntries(
      Object.entries(byChannel as Record<string, Ratio>).map(([channel, ratio]) => [
        channel,
        percentOf(ratio),
      ]),
    ),
    waitingInTime,
  }),
  reopen_rate: ({ numerator, denominator, value, events }, _ids, parts) => ({
    num: numerator,
    den: denominator,
    value,
    events,
    ids: [...parts].filter(([, part]) => part === 1).map(([id]) => id),
  }),
};

let desk: TestDesk | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

async function importTickets(
  target: TestDesk,
  { tickets = [], schedule }: Vector['input'],
): Promise<Map<number, string>> {
  const lines = tickets.map(({ claimedAt, events = [], ...ticket }, index) => ({
    id: `t${index + 1}`,
    ...ticket,
    ...(schedule ? { schedule } : {}),
    events: claimedAt ? [...events, { at: claimedAt, type: 'claim', agent: 'Ann' }] : events,
  }));
  const { app } = await target.http();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/desk/v1/imports/history',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  expect(answer.json().items.map((item: Answer) => [item.id, item.fate, item.error])).toEqual(
    lines.map(({ id }) => [id, 'created', undefined]),
  );
  await target.settle();
  return new Map(answer.json().items.map((item: Answer) => [item.ticketId, item.id]));
}

function periodOf({ period, at, asOf }: Vector['input']): string {
  const instant = at ?? asOf;
  if (period) return `from=${period.from}&to=${period.to}`;
  if (!instant) return 'from=2026-01-01&to=2026-12-01';
  return `from=2026-01-01&to=${new Date(Date.parse(instant) + 1000).toISOString()}`;
}

async function read(target: TestDesk, kpi: string, query: string, sources: Map<number, string>) {
  const { app } = await target.http();
  const figure = (await app.inject(`/api/desk/v1/kpis/${kpi}?${query}`)).json();
  const items = (await app.inject(figure.itemsUrl)).json();
  expect(items.count).toBe(figure.n);
  expect(items.sum).toBe(figure.numerator);
  const parts = new Map<string, number>(
    items.items.map((item: Answer) => [sources.get(item.ticketId), item.numeratorPart]),
  );
  return { figure, ids: [...parts.keys()].sort(), parts };
}

const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Vector[]) : [];
const wanted = vectors.filter(({ kpi, input }) => kpi in shapes && Array.isArray(input.tickets));

describe('vectors as imported tickets', () => {
  it('are there', ({ skip }) => {
    skip(!existsSync(file), 'the folder ../shared/data is absent');
    expect(wanted.length).toBeGreaterThan(0);
  });

  it.each(wanted.map((vector) => [vector.id, vector] as const))('%s', async (_, { kpi, input, expected }) => {
    desk = await openTestDesk({
      modules: [staffDoor({ role: 'admin' }), ...modules],
      at: '2026-12-02T00:00:00Z',
    });
    const tz = input.period?.tz ?? 'UTC';
    await desk.run(system, (cx) => changeSetting(cx, deskSettings.timeZone, tz));
    const sources = await importTickets(desk, input);
    const { figure, ids, parts } = await read(desk, kpi, periodOf(input), sources);
    const { display: _display, ...numbers } = expected;
    expectToContain(shapes[kpi]?.(figure, ids, parts), numbers);
  });
});
