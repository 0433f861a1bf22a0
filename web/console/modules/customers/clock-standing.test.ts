import { expect, it } from 'vitest';
import type { ClockView } from '../../../../server/modules/sla/contract.ts';
import { standingOf } from './clock-standing.ts';

const at = (time: string) => `2026-03-02T${time}:00Z`;
const now = Date.parse(at('12:00'));

const clock = (more: Partial<ClockView>): ClockView => ({
  id: 1,
  target: 'first_reply',
  cycle: 1,
  policyId: 1,
  policyName: 'Everyone',
  policyVersion: 1,
  priority: null,
  clock: 'calendar',
  targetSeconds: 3600,
  state: 'running',
  startedAt: at('09:00'),
  elapsedSeconds: 0,
  pausedSeconds: 0,
  remainingSeconds: 3600,
  dueAt: at('10:00'),
  warnAt: at('09:48'),
  pausedAt: null,
  fulfilledAt: null,
  breachedAt: null,
  cancelledAt: null,
  ...more,
});

it('only what still runs past its time is late', () => {
  expect(standingOf(clock({ state: 'breached' }), now)).toEqual({ state: 'late', secondsLeft: -7200 });
});

it('what ended too late stays so many minutes late, and is an alarm no more', () => {
  for (const end of ['fulfilledAt', 'cancelledAt'])
    expect(standingOf(clock({ state: 'missed', [end]: at('10:06') }), now)).toEqual({
      state: 'missed',
      secondsLeft: -360,
    });
});

it('what was kept is good, and a paused one stands at the rest that the desk knows', () => {
  expect(standingOf(clock({ state: 'met', fulfilledAt: at('09:30') }), now).state).toBe('good');
  expect(standingOf(clock({ state: 'paused', dueAt: null, remainingSeconds: 600 }), now)).toEqual({
    state: 'paused',
    secondsLeft: 600,
  });
});
