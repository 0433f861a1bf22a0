import { z } from 'zod';
import type { Distribution } from '../arithmetic/distribution.ts';
import type { Ratio } from '../arithmetic/ratio.ts';
import { percentOf } from '../arithmetic/ratio.ts';
import { count, instant } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { ratioOutput, ratioResult } from '../calculators/ratio-output.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import { ticket } from '../calculators/ticket-input.ts';
import type { Figure, Frame } from '../figure.ts';
import { CHANNELS } from '../history.ts';
import type { Observation } from '../observation.ts';
import type { Calculator, KpiSettings } from './definition.ts';

type Details = { byChannel: Record<string, Ratio>; waitingInTime: number; times: Distribution };
type ClaimFigure = (
  observations: readonly Observation[],
  frame: Frame,
  settings: KpiSettings,
) => Figure & { details: Details };

/** A ticket, or only its channel, creation and claim. */
const claimable = ticket.extend({ id: ticket.shape.id.optional(), claimedAt: instant.nullish() });

const input = ticketsInput.extend({
  thresholds: z.partialRecord(z.enum(CHANNELS), count).optional(),
  clock: z.enum(['calendar', 'business']).optional(),
  tickets: z.array(claimable),
});

const seconds = z.number().nullable();
const output = ratioOutput.extend({
  byChannel: z.record(z.string(), z.number().nullable()),
  waitingInTime: count,
  meanSeconds: seconds,
  medianSeconds: seconds,
  p90Seconds: seconds,
});

export function claimCalculator(id: string, figure: ClaimFigure): Calculator {
  const byTickets = defineShape('tickets', input, output, ({ thresholds, clock, tickets, ...rest }) => {
    const { observations, frame } = observeTickets({ ...rest, tickets: tickets.map(withClaim) });
    const settings = { ...(thresholds && { claimLimitSeconds: thresholds }), ...(clock && { clock }) };
    const { numerator, denominator, details } = figure(observations, frame, settings);
    const shares = Object.entries(details.byChannel).map(([channel, ratio]) => [channel, percentOf(ratio)]);
    return {
      ...ratioResult({ num: numerator, den: denominator }),
      byChannel: Object.fromEntries(shares),
      waitingInTime: details.waitingInTime,
      meanSeconds: details.times.mean,
      medianSeconds: details.times.median,
      p90Seconds: details.times.p90,
    };
  });
  return defineCalculator(id, [byTickets]);
}

function withClaim({ claimedAt, ...one }: z.output<typeof claimable>, index: number) {
  const id = one.id ?? `t${index + 1}`;
  if (claimedAt == null) return { ...one, id };
  const claim = { at: claimedAt, type: 'claim', agent: 'agent' } as const;
  return { ...one, id, events: [...one.events, claim] };
}
