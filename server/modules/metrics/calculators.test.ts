import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { ARITHMETIC_CALCULATORS, KPI_DEFINITIONS } from './catalogue.ts';
import { calculate } from './testing/play.ts';

const on = (time: string) => `2026-05-04T${time}Z`;
const solvedAt = (time: string, to = 'solved') => ({ at: on(time), type: 'status', to });
const replyAt = (time: string) => ({
  at: on(time),
  type: 'message',
  author: 'agent',
  agent: 'a1',
  public: true,
});
const ticket = (id: string, events: unknown[] = [], about: object = {}) => ({
  id,
  createdAt: on('09:00:00'),
  channel: 'email',
  events,
  ...about,
});
const HOURS = {
  tz: 'Europe/Minsk',
  weekly: { mon: [['10:00', '18:00']], tue: [['10:00', '18:00']] },
  holidays: ['2026-05-11'],
};

describe('by tickets', () => {
  it('counts volume with its exclusions and its zone', () => {
    const tickets = [
      ticket('t1'),
      ticket('t2', [], { spam: true }),
      ticket('t3', [], { origin: 'proactive' }),
    ];
    const period = { from: '2026-05-04', to: '2026-05-05', tz: 'Asia/Tokyo' };
    expect(calculate('ticket_volume', { tickets, period })).toMatchObject({
      value: 1,
      ids: ['t1'],
      excluded: { spam: 1, proactive: 1, deleted: 0 },
    });
    expect(
      calculate('ticket_volume', { tickets, period: { ...period, tz: 'Pacific/Kiritimati' } }).value,
    ).toBe(1);
    const before = { ...period, from: '2026-05-03', to: '2026-05-04' };
    expect(calculate('ticket_volume', { tickets, period: before }).value).toBe(0);
  });

  it('tells tickets solved from solves, and people from the bot', () => {
    const tickets = [
      ticket('t1', [solvedAt('10:00:00'), solvedAt('11:00:00', 'open'), solvedAt('12:00:00', 'closed')]),
      ticket('t2', [{ ...solvedAt('10:00:00'), by: 'bot' }]),
    ];
    const answer = calculate('tickets_solved', { tickets });
    expect(answer).toMatchObject({ distinct: 1, events: 2, stillSolvedAtEnd: 1, botOnly: 1 });
  });

  it('gives flow and cohort their own names', () => {
    const period = { from: '2026-05-04', to: '2026-05-05', tz: 'UTC' };
    const older = ticket('t0', [solvedAt('10:00:00')], { createdAt: '2026-05-01T09:00:00Z' });
    const tickets = [older, ticket('t1', [solvedAt('10:00:00')])];
    expect(calculate('solved_to_created', { tickets, period })).toMatchObject({
      num: 2,
      den: 1,
      display: '200.0%',
      cohort: { num: 1, den: 1 },
    });
  });

  it('answers the first response over answered tickets only', () => {
    const tickets = [ticket('t1', [replyAt('09:10:00')]), ticket('t2', [replyAt('09:30:00')]), ticket('t3')];
    expect(calculate('first_response_time', { tickets, asOf: on('13:00:00') })).toMatchObject({
      n: 2,
      sumSeconds: 2400,
      meanSeconds: 1200,
      seedMeanSeconds: 800,
      waiting: 1,
      oldestWaitSeconds: 14_400,
    });
  });

  it('measures mail in business and chat in calendar time', () => {
    const events = [{ ...replyAt('07:30:00'), at: '2026-05-05T07:30:00Z' }];
    const createdAt = '2026-05-04T14:50:00Z';
    const mail = { tickets: [ticket('t1', events, { createdAt })], schedule: HOURS };
    const chat = { tickets: [ticket('t1', events, { createdAt, channel: 'chat' })], schedule: HOURS };
    expect(calculate('first_response_time', mail)).toMatchObject({
      sumSeconds: 2400,
      calendarMeanSeconds: 60_000,
    });
    expect(calculate('first_response_time', chat).sumSeconds).toBe(60_000);
  });

  it('keeps both resolutions', () => {
    const reopened = ticket('t1', [solvedAt('11:00:00'), solvedAt('12:00:00', 'open')]);
    const twice = ticket('t2', [solvedAt('10:00:00'), solvedAt('12:00:00', 'open'), solvedAt('13:00:00')]);
    expect(calculate('resolution_time', { tickets: [reopened, twice] })).toMatchObject({
      n: 1,
      fullMeanSeconds: 14_400,
      firstN: 2,
      firstMeanSeconds: 5400,
      seedMeanSeconds: 7200,
    });
    const earlier = { tickets: [reopened, twice], asOf: on('11:30:00') };
    expect(calculate('resolution_time', earlier)).toMatchObject({ n: 2, fullMeanSeconds: 5400 });
  });

  it('counts reopened tickets, not reopenings', () => {
    const often = ['10', '12', '14'].flatMap((hour) => [
      solvedAt(`${hour}:00:00`),
      solvedAt(`${hour}:30:00`, 'open'),
    ]);
    const tickets = [ticket('t1', often), ticket('t2', [solvedAt('10:00:00')]), ticket('t3')];
    const answer = calculate('reopen_rate', { tickets });
    expect(answer).toMatchObject({ num: 1, den: 2, display: '50.0%', events: 3, ids: ['t1'] });
  });

  it('replays the backlog at an instant', () => {
    const tickets = [
      ticket('t1', [solvedAt('10:00:00', 'on_hold')]),
      ticket('t2', [solvedAt('10:00:00')]),
      ticket('t3', [{ at: on('10:00:01'), type: 'spam' }], { spam: true }),
    ];
    expect(calculate('backlog', { tickets, at: on('10:00:00') })).toMatchObject({
      backlog: 2,
      actionable: 1,
      ids: ['t1', 't3'],
    });
  });

  it('judges claims by the limit of the channel', () => {
    const createdAt = on('09:00:00');
    const tickets = [
      { channel: 'email', createdAt, claimedAt: on('09:59:59') },
      { channel: 'chat', createdAt, claimedAt: on('09:01:01') },
      { channel: 'sms', createdAt, claimedAt: null },
      { channel: 'email', createdAt, claimedAt: null },
    ];
    const answer = calculate('claim_time', {
      tickets,
      thresholds: { email: 3600, chat: 60 },
      asOf: on('10:00:01'),
    });
    expect(answer).toMatchObject({ num: 1, den: 3, display: '33.3%', byChannel: { email: 50, chat: 0 } });
  });

  it('pauses a target and resumes it', () => {
    const paused = ticket('t1', [solvedAt('09:30:00', 'pending'), solvedAt('11:00:00', 'open')]);
    const input = { targetSeconds: 3600, clock: 'calendar', pauseIn: ['pending'], ticket: paused };
    expect(calculate('sla', { ...input, asOf: on('11:10:00') })).toEqual({
      elapsedSeconds: 2400,
      pausedSeconds: 5400,
      dueAt: on('11:30:00'),
      met: null,
    });
    expect(calculate('sla', { ...input, asOf: on('11:30:01') }).met).toBe(false);
  });

  it('gives the ticket its first channel and counts every contact', () => {
    const call = { at: on('11:00:00'), type: 'call', answered: true };
    const answer = calculate('volume_by_channel', { tickets: [ticket('t1', [call]), ticket('t2')] });
    expect(answer).toMatchObject({
      tickets: { email: 2 },
      contacts: { email: 2, phone: 1 },
      contactsTotal: 3,
    });
  });
});

describe('by figures', () => {
  it.each([
    [
      'volume_by_channel',
      { counts: { email: 2, sms: 4 } },
      { total: 6, display: { email: '33.3%', sms: '66.7%' } },
    ],
    ['solved_to_created', { created: 0, solved: 4 }, { num: 4, den: 0, value: null, display: '—' }],
    ['backlog', { statuses: { new: 1, open: 2, pending: 3, solved: 9 } }, { backlog: 6, actionable: 3 }],
    ['backlog', { start: 10, created: 5, solved: 6, restored: 1 }, { end: 10 }],
    ['backlog', { at: on('09:00:00'), createdAt: [] }, { oldestSeconds: null }],
    [
      'first_response_time',
      { valuesSeconds: [] },
      { n: 0, sumSeconds: 0, meanSeconds: null, p90Seconds: null },
    ],
    ['reopen_rate', { solvedTickets: 16, reopenedTickets: 1 }, { num: 1, den: 16, display: '6.3%' }],
    [
      'sla',
      {
        groups: [
          { met: 9, breached: 1 },
          { met: 0, breached: 2 },
        ],
      },
      { num: 9, den: 12, value: 75 },
    ],
    [
      'rollup',
      {
        groups: [
          { n: 1, mean: 10 },
          { n: 3, mean: 20 },
        ],
      },
      { n: 4, mean: 17.5 },
    ],
    ['rollup', { medians: [[9], [1, 2, 3]] }, { n: 4, median: 2.5 }],
    ['percentile', { values: [3, 1, 2] }, { median: 2, p90: 3, p95: 3 }],
    ['comparison', { current: 0, previous: 0, kind: 'count' }, { delta: 0, percent: null, display: '0.0%' }],
    [
      'comparison',
      { current: 7, previous: 0, kind: 'duration' },
      { delta: 7, percent: null, display: 'new' },
    ],
    ['comparison', { current: 28.3, previous: 28.1, kind: 'percent' }, { delta: 0.2, display: '+0.2 pp' }],
    ['comparison', { current: 9, previous: null, kind: 'count' }, { delta: null, display: '—' }],
    [
      'comparison',
      { current: 5, previous: 4, kind: 'count', lowerIsBetter: true },
      { display: '+25.0%', judgement: 'worse' },
    ],
    [
      'week',
      { tz: 'Asia/Taipei', weekStart: 'sun', at: '2026-05-09T16:00:00Z' },
      { week: ['2026-05-10', '2026-05-17'] },
    ],
    [
      'display',
      {
        percent: [
          [1, 6],
          [0, 0],
        ],
      },
      { text: ['16.7%', '—'] },
    ],
    ['display', { durations: [3661] }, { text: ['1 h 1 min'] }],
    [
      'display',
      {
        scores: [
          [-25, 2],
          [70, 9],
        ],
      },
      { text: ['-13', '+8'] },
    ],
  ])('%s of %j', (id, input, expected) => {
    expect(calculate(id, input)).toMatchObject(expected);
  });

  it('walks hours, holidays and changes of hours', () => {
    const span = { from: '2026-05-08T12:00:00Z', to: '2026-05-12T08:00:00Z' };
    expect(calculate('business_time', { schedule: HOURS, ...span })).toEqual({
      businessSeconds: 3600,
      calendarSeconds: 331_200,
    });
    const schedules = [
      { validFrom: '2026-01-01T00:00:00Z', schedule: HOURS },
      { validFrom: '2026-05-12T07:30:00Z', schedule: { tz: 'UTC', weekly: {} } },
    ];
    expect(calculate('business_time', { schedules, ...span }).businessSeconds).toBe(1800);
  });
});

describe('refusals', () => {
  const refused = (id: string, input: unknown) => {
    try {
      calculate(id, input);
    } catch (error) {
      if (error instanceof ZodError)
        return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw error;
    }
    return [];
  };

  it('names the field that is unknown, wherever it is', () => {
    expect(refused('ticket_volume', { tickets: [], colour: 1 })).toEqual([': Unrecognized key: "colour"']);
    expect(refused('ticket_volume', { tickets: [ticket('t1', [], { colour: 1 })] })).toEqual([
      'tickets.0: Unrecognized key: "colour"',
    ]);
    const event = { ...solvedAt('10:00:00'), colour: 1 };
    expect(refused('ticket_volume', { tickets: [ticket('t1', [event])] })).toEqual([
      'tickets.0.events.0: Unrecognized key: "colour"',
    ]);
  });

  it('names the shapes there are', () => {
    expect(refused('backlog', 7)[0]).toContain('statuses, start, createdAt, tickets');
  });

  it.each([
    ['ticket_volume', { tickets: [], period: { from: '2026-05-02', to: '2026-05-01', tz: 'UTC' } }],
    ['ticket_volume', { tickets: [], period: { from: '2026-05-01', to: '2026-05-02', tz: 'Moon/Base' } }],
    ['sla', { targetSeconds: 60, items: [{ start: on('09:00:00'), end: null }] }],
    ['business_time', { schedule: HOURS, from: on('10:00:00'), to: on('09:00:00') }],
    ['business_time', { schedules: [], from: on('09:00:00'), to: on('10:00:00') }],
    ['reopen_rate', { solvedTickets: -1, reopenedTickets: 0 }],
  ])('%s refuses %j', (id, input) => {
    expect(refused(id, input)).not.toEqual([]);
  });
});

it('names every calculator once', () => {
  const ids = [...KPI_DEFINITIONS, ...ARITHMETIC_CALCULATORS].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, calculator } of KPI_DEFINITIONS) expect(calculator.id).toBe(id);
});
