export { ARITHMETIC_CALCULATORS, findCalculator, findKpi, KPI_DEFINITIONS } from './catalogue.ts';
export type { Figure, Frame } from './figure.ts';
export type { HistoryEvent, TicketHistory } from './history.ts';
export type { Calculator, KpiDefinition } from './kpis/definition.ts';
export type { Observation } from './observation.ts';
export { observe } from './observe.ts';
export { type Recomputed, recompute } from './observing/recompute.ts';
