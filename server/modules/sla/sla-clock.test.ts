import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseSchedule } from '../schedules/index.ts';
import {
  applyPromise,
  businessTime,
  calendarTime,
  cancelClock,
  closeRuns,
  cutInstant,
  dateClock,
  elapsedSeconds,
  fireDue,
  fulfilClock,
  instantUsed,
  nextCheck,
  type Promised,
  pauseClock,
  pausedSeconds,
  resumeClock,
  reviveClock,
  type SlaClock,
  startClock,
  type WorkingTime,
} from './sla-clock.ts';

const at = (text: string): number =>
  cutInstant(Date.parse(text.includes('T') ? text : `2026-03-02T${text}Z`));
const iso = (instant: number | null): string | null =>
  instant === null ? null : `${new Date(instant).toISOString().slice(0, 19)}Z`;
const promise = (targetSeconds: number, clock: Promised['clock'] = 'calendar'): Promised => ({
  policyId: 1,
  policyVersion: 1,
  priority: null,
  clock,
  targetSeconds,
});
const day: [string, string][] = [['09:00', '17:00']];
const weekdays = businessTime([
  {
    validFrom: 0,
    schedule: parseSchedule({ tz: 'UTC', hours: { mon: day, tue: day, wed: day, thu: day, fri: day } }),
  },
]);

function begin(start: string, targetSeconds: number, time: WorkingTime = calendarTime): SlaClock {
  return dateClock(
    applyPromise(startClock('resolution', 1, at(start)), promise(targetSeconds), at(start)),
    time,
  );
}

const verdict = (clock: SlaClock, time: WorkingTime, asOf: number) =>
  elapsedSeconds(clock, time, asOf) <= (clock.promised?.targetSeconds ?? 0);

describe('a clock on the calendar', () => {
  it.each([
    ['one second before', '09:59:59', true],
    ['exactly on the target', '10:00:00', true],
    ['one second past it', '10:00:01', false],
    ['a fraction of a second past it, which is cut', '10:00:00.900', true],
  ])('is judged %s', (_, end, met) => {
    const clock = fulfilClock(begin('09:00:00', 3600), at(end));
    expect(verdict(clock, calendarTime, at('12:00:00'))).toBe(met);
  });

  it('is warned at four fifths, due at the target, overdue a second later', () => {
    const { warnAt, dueAt, overdueAt } = begin('09:00:00', 3600);
    expect([warnAt, dueAt, overdueAt].map(iso)).toEqual([
      '2026-03-02T09:48:00Z',
      '2026-03-02T10:00:00Z',
      '2026-03-02T10:00:01Z',
    ]);
  });

  it('stands still while paused and goes on where it stopped', () => {
    const paused = dateClock(pauseClock(begin('09:00:00', 14_400), at('10:00:00')), calendarTime);
    expect(paused.dueAt).toBeNull();
    expect(elapsedSeconds(paused, calendarTime, at('15:00:00'))).toBe(3600);
    const resumed = dateClock(resumeClock(paused, at('16:00:00')), calendarTime);
    expect(iso(resumed.dueAt)).toBe('2026-03-02T19:00:00Z');
    expect(elapsedSeconds(resumed, calendarTime, at('17:00:00'))).toBe(7200);
    expect(pausedSeconds(resumed, at('17:00:00'))).toBe(21_600);
    expect(elapsedSeconds(fulfilClock(resumed, at('18:00:00')), calendarTime, at('23:00:00'))).toBe(10_800);
  });

  it('pauses and resumes once, whatever is said twice', () => {
    const paused = pauseClock(begin('09:00:00', 3600), at('09:10:00'));
    expect(pauseClock(paused, at('09:20:00'))).toBe(paused);
    const resumed = resumeClock(paused, at('09:30:00'));
    expect(resumeClock(resumed, at('09:40:00'))).toBe(resumed);
    expect(resumed.runs).toEqual([
      [at('09:00:00'), at('09:10:00')],
      [at('09:30:00'), null],
    ]);
  });

  it('that is taken up again has run all the while, and breaks nothing before that', () => {
    const hidden = cancelClock(begin('09:00:00', 3600), at('09:30:00'), 'hidden');
    expect(fireDue(hidden, at('12:00:00')).due).toEqual([]);
    const shown = dateClock(reviveClock(hidden, at('11:00:00')), calendarTime);
    expect(elapsedSeconds(shown, calendarTime, at('11:00:00'))).toBe(7200);
    expect(fireDue(shown, at('12:00:00')).due.map((due) => [due.kind, iso(due.at)])).toEqual([
      ['warned', '2026-03-02T11:00:00Z'],
      ['breached', '2026-03-02T11:00:00Z'],
    ]);
  });

  it('carries the runs of the cycle before it', () => {
    const first = fulfilClock(begin('09:00:00', 14_400), at('12:00:00'));
    const again = startClock('resolution', 2, at('13:00:00'), closeRuns(first.runs, at('12:00:00')));
    const dated = dateClock(applyPromise(again, promise(14_400), at('13:00:00')), calendarTime);
    expect(iso(dated.dueAt)).toBe('2026-03-02T14:00:00Z');
  });
});

describe('a clock in business hours', () => {
  it('ends a target on Friday that is broken only when work goes on', () => {
    const clock = begin('2026-03-06T15:00:00Z', 7200, weekdays);
    expect(iso(clock.dueAt)).toBe('2026-03-06T17:00:00Z');
    expect(iso(clock.overdueAt)).toBe('2026-03-09T09:00:01Z');
    expect(
      verdict(fulfilClock(clock, at('2026-03-08T12:00:00Z')), weekdays, at('2026-03-08T12:00:00Z')),
    ).toBe(true);
    expect(fireDue(clock, at('2026-03-09T09:00:00Z')).due.map(({ kind }) => kind)).toEqual(['warned']);
    expect(fireDue(clock, at('2026-03-09T09:00:01Z')).due.map((due) => iso(due.at))).toEqual([
      '2026-03-06T16:36:00Z',
      '2026-03-06T17:00:00Z',
    ]);
  });

  it('without an open hour is never due', () => {
    const closed = businessTime([{ validFrom: 0, schedule: parseSchedule({ tz: 'UTC', hours: {} }) }]);
    const clock = begin('09:00:00', 60, closed);
    expect([clock.warnAt, clock.dueAt, nextCheck(clock)]).toEqual([null, null, null]);
  });
});

describe('what is due', () => {
  it('is told once, at its own instants, however late', () => {
    const clock = begin('09:00:00', 3600);
    expect(fireDue(clock, at('09:47:59'))).toEqual({ clock, due: [] });
    const late = fireDue(clock, at('2026-03-03T09:00:00Z'));
    expect(late.due.map((due) => [due.kind, iso(due.at)])).toEqual([
      ['warned', '2026-03-02T09:48:00Z'],
      ['breached', '2026-03-02T10:00:00Z'],
    ]);
    expect(fireDue(late.clock, at('2026-03-04T09:00:00Z')).due).toEqual([]);
    expect(fireDue(late.clock, at('08:00:00')).due).toEqual([]);
    expect(nextCheck(late.clock)).toBeNull();
  });

  it('is not told before a promise was made', () => {
    const untold = startClock('first_reply', 1, at('09:00:00'));
    const applied = dateClock(applyPromise(untold, promise(600), at('11:00:00')), calendarTime);
    expect(fireDue(applied, at('11:00:00')).due.map((due) => iso(due.at))).toEqual([
      '2026-03-02T11:00:00Z',
      '2026-03-02T11:00:00Z',
    ]);
  });

  it('is nothing for a clock that has ended', () => {
    expect(fireDue(fulfilClock(begin('09:00:00', 3600), at('09:30:00')), at('12:00:00')).due).toEqual([]);
  });
});

const corpora = new URL('../../../../shared/data/', import.meta.url);
const isThere = existsSync(corpora);

interface Vector {
  id: string;
  input: {
    targetSeconds: number;
    clock?: 'calendar' | 'business';
    schedule?: { tz: string; weekly: object; holidays: string[] };
    items?: { start: string; end: string | null }[];
    pauseIn?: string[];
    ticket?: { createdAt: string; events: { at: string; type: string; to: string }[] };
    asOf?: string;
  };
  expected: Record<string, unknown>;
}

function vectors(): Vector[] {
  const all = JSON.parse(readFileSync(new URL('kpi-vectors.json', corpora), 'utf8')) as (Vector & {
    kpi: string;
  })[];
  return all.filter(({ kpi, input }) => kpi === 'sla' && (input.items || input.ticket));
}

function timeOf({ clock, schedule }: Vector['input']): WorkingTime {
  if (clock !== 'business' || !schedule) return calendarTime;
  return businessTime([{ validFrom: 0, schedule: parseSchedule(schedule) }]);
}

function judge({ input }: Vector): Record<string, unknown> {
  const time = timeOf(input);
  const asOf = input.asOf ? at(input.asOf) : Number.MAX_SAFE_INTEGER;
  if (input.ticket) return judgeTicket(input, input.ticket, asOf);
  const counts = { met: 0, breached: 0, running: 0 };
  let dueAt: string | null = null;
  for (const { start, end } of input.items ?? []) {
    const clock = begin(start, input.targetSeconds, time);
    dueAt ??= iso(clock.dueAt);
    const ended = end === null ? clock : fulfilClock(clock, at(end));
    const isBroken = elapsedSeconds(ended, time, asOf) > input.targetSeconds;
    counts[isBroken ? 'breached' : end === null ? 'running' : 'met'] += 1;
  }
  return { ...counts, value: (counts.met / (counts.met + counts.breached)) * 100, dueAt };
}

function judgeTicket(input: Vector['input'], ticket: NonNullable<Vector['input']['ticket']>, asOf: number) {
  let clock = begin(ticket.createdAt, input.targetSeconds);
  for (const event of ticket.events) {
    if (event.to === 'solved') clock = fulfilClock(clock, at(event.at));
    else clock = (input.pauseIn?.includes(event.to) ? pauseClock : resumeClock)(clock, at(event.at));
  }
  const end = clock.fulfilledAt ?? asOf;
  const used = elapsedSeconds(clock, calendarTime, end);
  return {
    elapsedSeconds: used,
    pausedSeconds: pausedSeconds(clock, end),
    dueAt: iso(dateClock(clock, calendarTime).dueAt),
    met: clock.fulfilledAt === null ? null : used <= input.targetSeconds,
  };
}

describe('the published vectors', () => {
  beforeEach(({ skip }) => skip(!isThere, 'the folder ../shared/data is absent'));
  it.each(isThere ? vectors().map((vector) => [vector.id, vector] as const) : [])('%s', (_, vector) => {
    const { display: _display, value, ...expected } = vector.expected;
    const judged = judge(vector);
    expect(judged).toMatchObject(expected);
    if (typeof value === 'number') expect(judged.value).toBeCloseTo(value, 5);
  });

  it('the deadlines of another desk', () => {
    const lines = readFileSync(new URL('tickets/sla.jsonl', corpora), 'utf8').trim().split('\n');
    const read = lines
      .map((line) => JSON.parse(line) as DeadlineCase)
      .filter(({ input }) => input.minutes > 0);
    expect(read.length).toBeGreaterThan(0);
    for (const { id, input, expected } of read)
      expect(deadline(input), id).toEqual(expectedDeadline(expected));
  });
});

interface Local {
  local: string;
  zone: string;
}
interface DeadlineCase {
  id: string;
  input: {
    start: Local;
    minutes: number;
    alwaysOpen: boolean;
    hours: Record<string, [string, string]>;
    holidays: string[];
    timeZone: string;
  };
  expected: { deadline?: Local; error?: string };
}

const offsets: Record<string, string> = { UTC: 'Z', 'Asia/Kolkata': '+05:30' };
const instantOf = ({ local, zone }: Local): number => Date.parse(`${local}${offsets[zone]}`);

function deadline({ start, minutes, alwaysOpen, hours, holidays, timeZone: tz }: DeadlineCase['input']) {
  const week = Object.entries(hours).map(([name, interval]) => [name.slice(0, 3).toLowerCase(), [interval]]);
  try {
    const schedule = parseSchedule({ tz, hours: Object.fromEntries(week), holidays });
    const time = alwaysOpen ? calendarTime : businessTime([{ validFrom: 0, schedule }]);
    return instantUsed(startClock('resolution', 1, instantOf(start)), time, minutes * 60);
  } catch {
    return null;
  }
}

const expectedDeadline = ({ deadline: due }: DeadlineCase['expected']) => (due ? instantOf(due) : null);
