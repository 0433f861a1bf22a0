import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../../test/desk.ts';
import { liveRandomly } from '../../../../test/naive-twin/random-commands.ts';
import { randomLines } from '../../../../test/naive-twin/random-lives.ts';
import { modules } from '../../../modules.ts';
import { windowOf } from '../arithmetic/period.ts';
import { KPI_DEFINITIONS } from '../catalogue.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import type { FigureRequest } from '../reading/figure-request.ts';
import { readFigure } from '../reading/read-figure.ts';
import { readTiles } from '../reading/read-tile.ts';
import type { Interval } from '../reading/split-window.ts';
import { staffDoor } from '../testing/staff-door.ts';

/** Every point of every series from sums, from rows that were read once for all points, and from rows of its own. */

const summedKpis = KPI_DEFINITIONS.filter(({ summed }) => summed !== undefined);
const principal = await staffDoor({ role: 'admin' }).authenticate?.(null as never, null as never);

type Question = readonly [timeZone: string, interval: Interval, from: string, to: string];

/** The clock stands at 10 April and some days: what ends later has not ended. */
const questions: Question[] = [
  ['UTC', 'day', '2026-03-20', '2026-04-05'],
  ['UTC', 'day', '2026-04-03', '2026-04-30'],
  ['Europe/Berlin', 'day', '2026-03-22', '2026-04-02'],
  ['America/New_York', 'day', '2026-03-01', '2026-03-14'],
  ['Asia/Shanghai', 'day', '2026-04-02', '2026-04-20'],
  ['Asia/Kolkata', 'week', '2026-02-26', '2026-04-29'],
  ['Pacific/Kiritimati', 'week', '2026-03-01', '2026-04-01'],
  ['Europe/Berlin', 'month', '2026-02-10', '2026-06-01'],
  ['Australia/Lord_Howe', 'hour', '2026-04-04', '2026-04-06'],
  ['America/New_York', 'day', '2026-03-05T10:20:30Z', '2026-03-11T22:00:01Z'],
  ['Europe/Berlin', 'hour', '2026-03-28T20:10:00Z', '2026-03-29T06:40:00Z'],
  ['UTC', 'day', '2026-05-01', '2026-05-10'],
];

describe.each([11, 12])('points of histories from seed %i', (seed) => {
  let desk: TestDesk;
  let asOf: number;

  beforeAll(async () => {
    desk = await openTestDesk({
      modules: [staffDoor({ role: 'admin' }), ...modules],
      at: '2026-04-10T08:00:00Z',
    });
    const { app } = await desk.http();
    await app.inject({
      method: 'POST',
      url: '/api/desk/v1/imports/history',
      headers: { 'content-type': 'application/x-ndjson' },
      payload: randomLines(seed, 120)
        .map((line) => JSON.stringify(line))
        .join('\n'),
    });
    await desk.settle();
    await liveRandomly(desk, seed, 250);
    await desk.settle();
    asOf = Math.floor((desk.clock.fixed() as Date).getTime() / 1000) * 1000;
  }, 120_000);
  afterAll(() => desk.close());

  function requestOf([timeZone, , from, to]: Question): FigureRequest {
    const isDays = from.length === 10;
    const period = isDays ? { from, to, tz: timeZone } : null;
    const window = period ? windowOf(period) : { from: Date.parse(from), to: Date.parse(to) };
    const filters = {};
    return {
      ...{ window, period, timeZone, weekStart: 'mon', asOf, filters, agents: null },
      principal: principal as FigureRequest['principal'],
    };
  }

  it.each(questions)('in %s by %s from %s to %s are the same', { timeout: 120_000 }, async (...question) => {
    const request = requestOf(question);
    const wanted = { interval: question[1], compare: 'previous' } as const;
    const tiles = await readTiles(desk.db, summedKpis, request, wanted);
    for (const [nth, definition] of summedKpis.entries()) {
      const tile = tiles[nth] as (typeof tiles)[number];
      const { series, previous } = await readFigure(desk.db, definition, request, wanted);
      expect(tile.series.map(numbersOf), definition.id).toEqual(series.map(numbersOf));
      expect(previous && tile.previous && numbersOf(tile.previous)).toEqual(previous && numbersOf(previous));
      expect(tile.series.map(numbersOf), definition.id).toEqual(
        await readEach(
          desk,
          definition,
          request,
          series.map(({ window }) => window),
        ),
      );
    }
  });
});

type Figured = {
  window: FigureRequest['window'];
  figure: { value: number | null } & Record<'n' | 'numerator' | 'denominator', number>;
};

function numbersOf({ window, figure: { value, n, numerator, denominator } }: Figured) {
  return { window, value, n, numerator, denominator };
}

async function readEach(
  { db }: TestDesk,
  definition: KpiDefinition,
  request: FigureRequest,
  windows: readonly FigureRequest['window'][],
) {
  const points: ReturnType<typeof numbersOf>[] = [];
  for (const window of windows) {
    const { figure } = await readFigure(db, definition, { ...request, window, period: null });
    points.push(numbersOf({ window, figure }));
  }
  return points;
}
