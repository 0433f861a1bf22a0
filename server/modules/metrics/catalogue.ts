import { businessTimeCalculator } from './calculators/business-time.ts';
import { comparisonCalculator } from './calculators/comparison.ts';
import { displayCalculator } from './calculators/display.ts';
import { percentileCalculator } from './calculators/percentile.ts';
import { rollupCalculator } from './calculators/rollup.ts';
import { weekCalculator } from './calculators/week.ts';
import { backlog } from './kpis/backlog.ts';
import { claimTime } from './kpis/claim-time.ts';
import type { Calculator, KpiDefinition } from './kpis/definition.ts';
import { firstResponseTime } from './kpis/first-response-time.ts';
import { reopenRate } from './kpis/reopen-rate.ts';
import { resolutionTime } from './kpis/resolution-time.ts';
import { sla } from './kpis/sla.ts';
import { solvedToCreated } from './kpis/solved-to-created.ts';
import { ticketVolume } from './kpis/ticket-volume.ts';
import { ticketsSolved } from './kpis/tickets-solved.ts';
import { volumeByChannel } from './kpis/volume-by-channel.ts';

/** Every KPI of the desk, in the order in which the catalogue lists them. */
export const KPI_DEFINITIONS: readonly KpiDefinition[] = [
  ticketVolume,
  volumeByChannel,
  ticketsSolved,
  solvedToCreated,
  backlog,
  firstResponseTime,
  claimTime,
  resolutionTime,
  sla,
  reopenRate,
];

/** Arithmetic that can be tried by itself and is no KPI. */
export const ARITHMETIC_CALCULATORS: readonly Calculator[] = [
  businessTimeCalculator,
  comparisonCalculator,
  percentileCalculator,
  rollupCalculator,
  weekCalculator,
  displayCalculator,
];

export function findKpi(id: string): KpiDefinition | undefined {
  return KPI_DEFINITIONS.find((definition) => definition.id === id);
}

/** By KPI id, or by the name of an arithmetic calculator. */
export function findCalculator(id: string): Calculator | undefined {
  return findKpi(id)?.calculator ?? ARITHMETIC_CALCULATORS.find((calculator) => calculator.id === id);
}
