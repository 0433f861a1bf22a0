import { z } from 'zod';
import { isoInstant } from '../arithmetic/instant.ts';
import { poolRatios } from '../arithmetic/ratio.ts';
import type { Run, Verdict } from '../arithmetic/sla-clock.ts';
import { judgeTarget } from '../arithmetic/sla-clock.ts';
import type { WorkingTime } from '../arithmetic/working-time.ts';
import { ALWAYS_OPEN } from '../arithmetic/working-time.ts';
import { count, instant, schedule } from '../calculators/fields.ts';
import { ratioOutput, ratioResult } from '../calculators/ratio-output.ts';
import { workingTimeOf } from '../calculators/schedule-input.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { TicketInput } from '../calculators/ticket-input.ts';
import { historyOf, ticket } from '../calculators/ticket-input.ts';
import { isSolved, STATUSES } from '../history.ts';
import type { Step } from '../walk.ts';
import { walkHistory } from '../walk.ts';
import type { Calculator } from './definition.ts';

const EVER = Number.POSITIVE_INFINITY;
const NOW_NEEDED = { error: 'A target that still runs needs asOf', path: ['asOf'] };

const terms = {
  targetSeconds: count,
  clock: z.enum(['calendar', 'business']).default('calendar'),
  schedule: schedule.optional(),
};

const attainment = ratioOutput.extend({ met: count, breached: count, running: count });
const item = z.strictObject({ start: instant, end: instant.nullish() });

const byItems = defineShape(
  'items',
  z
    .strictObject({ ...terms, items: z.array(item), asOf: instant.optional() })
    .refine(({ items, asOf }) => asOf !== undefined || items.every(({ end }) => end != null), NOW_NEEDED),
  attainment.extend({ dueAt: z.string().nullable() }),
  (input) => {
    const asOf = input.asOf ?? EVER;
    const verdicts = input.items
      .filter(({ start }) => start <= asOf)
      .map(({ start, end }) => {
        const run: Run = { from: start, to: end != null && end <= asOf ? end : null };
        return judgeTarget(input.targetSeconds, [run], run.to !== null, asOf, timeOf(input));
      });
    return { ...attain(verdicts), dueAt: isoOrNull(verdicts[0]?.dueAt ?? null) };
  },
);

const byTicket = defineShape(
  'ticket',
  z
    .strictObject({
      ...terms,
      ticket,
      pauseIn: z.array(z.enum(STATUSES)).default([]),
      asOf: instant.optional(),
    })
    .refine((input) => input.asOf !== undefined || endsSolved(input.ticket), NOW_NEEDED),
  z.strictObject({
    elapsedSeconds: count,
    pausedSeconds: count,
    dueAt: z.string().nullable(),
    met: z.boolean().nullable(),
  }),
  (input) => {
    const asOf = input.asOf ?? EVER;
    const history = historyOf(input.ticket, asOf);
    const steps = history === null ? [] : walkHistory(history);
    const paused = (step: Step) => input.pauseIn.includes(step.after.status);
    const running = (step: Step) => !isSolved(step.after.status) && !paused(step);
    const ended = isEnded(steps);
    const time = timeOf(input);
    const verdict = judgeTarget(input.targetSeconds, runsOf(steps, running), ended, asOf, time);
    return {
      elapsedSeconds: verdict.elapsedSeconds,
      pausedSeconds: secondsOf(runsOf(steps, paused), asOf, time),
      dueAt: isoOrNull(verdict.dueAt),
      met: verdict.met,
    };
  },
);

const group = z.union([
  z.strictObject({ met: count, breached: count }),
  z.strictObject({ met: count, total: count }),
  z.strictObject({ num: count, den: count }),
]);

const byGroups = defineShape(
  'groups',
  z.strictObject({ groups: z.array(group) }),
  attainment.omit({ running: true }),
  ({ groups }) => {
    const pooled = poolRatios(groups.map(ratioOfGroup));
    return { ...ratioResult(pooled), met: pooled.num, breached: pooled.den - pooled.num };
  },
);

const byCounts = defineShape(
  'met',
  z.strictObject({ met: count, breached: count, running: count.default(0) }),
  attainment,
  ({ met, breached, running }) => ({
    ...ratioResult({ num: met, den: met + breached }),
    met,
    breached,
    running,
  }),
);

export function slaCalculator(id: string): Calculator {
  return defineCalculator(id, [byItems, byTicket, byGroups, byCounts]);
}

function isEnded(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last !== undefined && isSolved(last.after.status);
}

function endsSolved(input: TicketInput): boolean {
  const history = historyOf(input);
  return history !== null && isEnded(walkHistory(history));
}

function ratioOfGroup(one: z.output<typeof group>) {
  if ('num' in one) return one;
  return { num: one.met, den: 'total' in one ? one.total : one.met + one.breached };
}

function timeOf(input: { clock: string; schedule?: z.output<typeof schedule> | undefined }): WorkingTime {
  return input.clock === 'business' && input.schedule ? workingTimeOf(input.schedule) : ALWAYS_OPEN;
}

function attain(verdicts: readonly Verdict[]) {
  const met = verdicts.filter((verdict) => verdict.met === true).length;
  const breached = verdicts.filter((verdict) => verdict.met === false).length;
  const running = verdicts.length - met - breached;
  return { ...ratioResult({ num: met, den: met + breached }), met, breached, running };
}

/** The stretches between steps in which a condition held. */
function runsOf(steps: readonly Step[], holds: (step: Step) => boolean): Run[] {
  return steps.flatMap((step, index) =>
    holds(step) ? [{ from: step.event.at, to: steps[index + 1]?.event.at ?? null }] : [],
  );
}

function secondsOf(runs: readonly Run[], asOf: number, time: WorkingTime): number {
  return runs.reduce((sum, { from, to }) => sum + time.secondsBetween(from, Math.min(to ?? asOf, asOf)), 0);
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoInstant(ms);
}
