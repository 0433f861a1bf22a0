import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../server/modules/metrics/index.ts';
import { staffDoor } from '../../server/modules/metrics/testing/staff-door.ts';
import { modules } from '../../server/modules.ts';
import { sql } from '../../server/platform/db/database.ts';
import { openTestDesk, type TestDesk } from '../desk.ts';
import { type Counted, counts, type Question } from './count-figures.ts';
import { expectRolledUp } from './expect-rolled.ts';
import { liveRandomly } from './random-commands.ts';
import { randomLines } from './random-lives.ts';
import { type Line, type Told, tellLives } from './tell-lives.ts';

/**
 * Every KPI counted a second time, from the exported log alone and by code that shares nothing with the desk's:
 * plain loops, and business time minute by minute. Histories are random from a seed: merges, reopen chains, late
 * mails, moves, spam and back, deletion and restoring, replies taken back, zones whose clocks change in the period.
 */

const seed = Number(process.env.TWIN_SEED ?? 20_260_322);

let desk: TestDesk;
let lines: Line[];
let told: Told[];
let asOf: number;

async function get(url: string) {
  const { app } = await desk.http();
  const answer = await app.inject(url);
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 300)}`).toBe(200);
  return answer;
}

beforeAll(async () => {
  desk = await openTestDesk({
    modules: [staffDoor({ role: 'admin' }), ...modules],
    at: '2026-04-10T08:00:00Z',
  });
  const { app } = await desk.http();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/desk/v1/imports/history',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: randomLines(seed, 150)
      .map((line) => JSON.stringify(line))
      .join('\n'),
  });
  expect(answer.json()).toMatchObject({ created: 150, refused: 0 });
  await desk.settle();
  await liveRandomly(desk, seed + 1, 400);
  await desk.settle();
  const log = await get('/api/desk/v1/events');
  lines = log.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  told = tellLives(lines);
  asOf = Math.floor((desk.clock.fixed() as Date).getTime() / 1000);
}, 120_000);
afterAll(() => desk.close());

const periods = [
  ['2026-03-01T00:00:00Z', '2026-06-01T00:00:00Z'],
  ['2026-03-06T23:00:00Z', '2026-03-13T23:00:00Z'],
  ['2026-03-27T00:00:00Z', '2026-03-31T12:34:56Z'],
  ['2026-04-10T00:00:00Z', '2026-04-13T00:00:00Z'],
] as const;

function expectSame(figure: Record<string, unknown>, twin: Counted, about: string): void {
  for (const [key, value] of Object.entries(twin)) {
    if (typeof value === 'number') expect(figure[key], `${about}: ${key}`).toBeCloseTo(value, 6);
    else if (key === 'exclusions') expect(figure[key], `${about}: ${key}`).toEqual(value);
    else expect(figure[key], `${about}: ${key}`).toBe(value);
  }
}

// Business time minute by minute takes its time on a busy machine.
describe.each(Object.keys(counts))('%s', { timeout: 120_000 }, (kpi) => {
  it.each(periods)('equals the twin from %s to %s', async (from, to) => {
    const question: Question = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000, asOf };
    const figure = (await get(`/api/desk/v1/kpis/${kpi}?from=${from}&to=${to}`)).json();
    expectSame(figure, counts[kpi]?.(told, question) as Counted, `${kpi} (seed ${seed})`);
  });

  it('has as many rows as n, and parts that sum to the numerator', async () => {
    const [from, to] = periods[0];
    const figure = (await get(`/api/desk/v1/kpis/${kpi}?from=${from}&to=${to}`)).json();
    let count = 0;
    let sum = 0;
    for (let cursor = ''; cursor !== null; ) {
      const page = (
        await get(`${figure.itemsUrl}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      ).json();
      count += page.items.length;
      for (const item of page.items) sum += item.numeratorPart;
      cursor = page.nextCursor;
    }
    expect({ count, sum }).toEqual({ count: figure.n, sum: figure.numerator });
  });

  it('under a filter equals the twin over those tickets', async () => {
    const [from, to] = periods[0];
    const question: Question = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000, asOf };
    const mails = told.filter(({ opened }) => opened.channel === 'email');
    const figure = (await get(`/api/desk/v1/kpis/${kpi}?from=${from}&to=${to}&channel=email`)).json();
    expectSame(figure, counts[kpi]?.(mails, question) as Counted, `${kpi} by email (seed ${seed})`);
  });
});

it('is about histories that have something of everything', () => {
  const [from, to] = periods[0];
  const question: Question = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000, asOf };
  const all = Object.entries(counts).map(([kpi, count]) => [kpi, count(told, question)] as const);
  for (const [kpi, { n }] of all) expect(n, kpi).toBeGreaterThan(kpi === 'sla' ? -1 : 10);
  const back = told.flatMap(({ moments }) => moments.filter(({ line }) => line.type === 'message.withdrawn'));
  expect(back.length).toBeGreaterThan(5);
  for (const type of ['ticket.status_changed', 'ticket.assigned'])
    expect(lines.filter((line) => line.type === type && line.data.undoes).length, type).toBeGreaterThan(5);
  const reasons = all.find(([kpi]) => kpi === 'ticket_volume')?.[1].exclusions ?? {};
  for (const [reason, count] of Object.entries(reasons)) expect(count, reason).toBeGreaterThan(0);
  if (process.env.TWIN_PRINT) console.info(JSON.stringify(Object.fromEntries(all), null, 1));
});

it('closes the identity of the backlog on every day', async () => {
  for (let day = 1; day <= 31; day++) {
    const from = `2026-03-${String(day).padStart(2, '0')}T00:00:00Z`;
    const stock = (await get(`/api/desk/v1/kpis/backlog?from=${from}&to=2026-04-01T00:00:00Z`)).json();
    expect(stock.identity).toMatchObject({ closes: true, end: stock.value });
  }
});

const tilePeriods = [
  ...periods,
  ['2026-03-05T18:45:00Z', '2026-03-05T19:30:00Z'],
  ['2026-02-28T16:00:00Z', '2026-03-15T16:00:00Z'],
  ['2026-04-01T05:45:00Z', '2026-12-01T00:00:00Z'],
] as const;

/** Some dozens of points at most. */
function seriesOf(from: string, to: string): string {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days <= 2) return 'hour';
  return days <= 40 ? 'day' : 'month';
}

/** A tile does not name the events that changed it. */
function asOnTile(figure: { restated: object | null }): object {
  return figure.restated
    ? { ...figure, restated: { ...figure.restated, events: [], eventCount: null } }
    : figure;
}

describe('the dashboard, from roll-ups,', () => {
  it.each(tilePeriods)('equals the figures from rows from %s to %s', async (from, to) => {
    const query = `from=${from}&to=${to}&compare=previous&interval=${seriesOf(from, to)}`;
    const { tiles } = (await get(`/api/desk/v1/dashboard?${query}`)).json();
    expect(Object.keys(tiles)).toHaveLength(9);
    for (const [kpi, tile] of Object.entries(tiles)) {
      const figure = (await get(`/api/desk/v1/kpis/${kpi}?${query}`)).json();
      expect(tile, `${kpi} (seed ${seed})`).toEqual(asOnTile(figure));
    }
  });

  it('equals them in more points than it sums', async () => {
    const query = 'from=2026-03-26&to=2026-03-31&interval=hour';
    const { tiles } = (await get(`/api/desk/v1/dashboard?${query}`)).json();
    for (const [kpi, tile] of Object.entries(tiles)) {
      const { series } = (await get(`/api/desk/v1/kpis/${kpi}?${query}`)).json();
      expect((tile as { series: object[] }).series, kpi).toEqual(series);
      expect(series).toHaveLength(120);
    }
  });

  it('equals them under filters', async () => {
    const query = 'from=2026-03-01&to=2026-04-01&compare=previous&interval=week&channel=email&priority=low';
    const { tiles } = (await get(`/api/desk/v1/dashboard?${query}`)).json();
    for (const [kpi, tile] of Object.entries(tiles)) {
      expect(tile, kpi).toEqual((await get(`/api/desk/v1/kpis/${kpi}?${query}`)).json());
    }
  });

  it('reads sums that equal the rows, whatever came late, was retracted or merged', () =>
    expectRolledUp(desk));
});

it('recomputes to exactly the rows that were kept live', async () => {
  expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0 });
});

it('leaves a ticket that cannot be measured out of everything, says so, and counts it again once it can', {
  timeout: 120_000,
}, async () => {
  const { id: ticketId, moments } = told.toSorted((a, b) => b.moments.length - a.moments.length)[0] as Told;
  const { id, data } = (moments.at(-1) as Told['moments'][number]).line;
  await desk.db.write(sql`update events set data = 'null' where id = ${id}`);
  expect(await recompute(desk.db)).toMatchObject({ added: 0, unmeasured: 1 });
  const [from, to] = periods[0];
  const others = told.filter((one) => one.id !== ticketId);
  const question: Question = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000, asOf };
  const { tiles } = (await get(`/api/desk/v1/dashboard?from=${from}&to=${to}`)).json();
  for (const [kpi, count] of Object.entries(counts)) {
    const figure = (await get(`/api/desk/v1/kpis/${kpi}?from=${from}&to=${to}`)).json();
    const twin = count(others, question);
    expectSame(figure, { ...twin, exclusions: { ...twin.exclusions, unmeasured: 1 } }, kpi);
    if (tiles[kpi]) expect(tiles[kpi], kpi).toEqual(asOnTile(figure));
  }
  await expectRolledUp(desk);
  await desk.db.write(sql`update events set data = ${JSON.stringify(data)} where id = ${id}`);
  expect(await recompute(desk.db)).toMatchObject({ removed: 0, unmeasured: 0 });
  expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0 });
  const figure = (await get(`/api/desk/v1/kpis/ticket_volume?from=${from}&to=${to}`)).json();
  expectSame(figure, counts.ticket_volume?.(told, question) as Counted, 'ticket_volume');
});

it('sums again what a recomputation makes anew', async () => {
  await desk.db.write(sql`delete from observations where ticket_id % 3 = 0`);
  await recompute(desk.db);
  await expectRolledUp(desk);
});
