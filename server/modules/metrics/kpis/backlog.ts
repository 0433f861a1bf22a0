import { countAges } from '../arithmetic/age-buckets.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import type { StatusCounts, StockTerms } from '../arithmetic/stock.ts';
import { closeStock, countUnsolved } from '../arithmetic/stock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, countFigure, endOf, holdsAt, inFrame, itemOf, noExclusions } from '../figure.ts';
import { isTicketStatus } from '../history.ts';
import type { FlowKind } from '../measures/stock.ts';
import type { Observation } from '../observation.ts';
import type { StockState, SummedFigure, Sums } from '../summing/sums.ts';
import { summedCount } from '../summing/sums.ts';
import { backlogCalculator } from './backlog-calculator.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, countTextsOf } from './definition.ts';

const ID = 'backlog';

/** Replayed at the period's end, or now if that is earlier; beside it status, age and the identity. */
function figure(observations: readonly Observation[], frame: Frame) {
  const at = endOf(frame);
  const unsolved = observations.filter((row) => row.measure === 'unsolved_stay' && holdsAt(row, at));
  const ages = unsolved.map((row) => secondsBetween(row.since ?? row.at, at));
  const terms = collectTerms(observations, frame);
  const byStatus = countStatuses(unsolved);
  const items = unsolved.map((row) => itemOf(row, 1));
  return {
    ...countFigure(items, countExclusions([])),
    details: {
      at,
      byStatus,
      actionable: countUnsolved(byStatus).actionable,
      buckets: Number.isFinite(at) ? countAges(ages) : null,
      oldestSeconds: Number.isFinite(at) ? ages.reduce<number | null>(older, null) : null,
      identity: { ...terms, end: closeStock(terms), closes: closeStock(terms) === items.length },
    },
  };
}

function summed(sums: Sums): SummedFigure {
  const at = endOf(sums.frame);
  const { n, byStatus, ages, oldestSince } = sums.unsolved;
  const terms = sumTerms(sums);
  return {
    ...summedCount(n, noExclusions()),
    details: {
      at,
      byStatus: fillStatuses(byStatus),
      actionable: countUnsolved(byStatus).actionable,
      buckets: ages,
      oldestSeconds: oldestSince === null ? null : secondsBetween(oldestSince, at),
      identity: { ...terms, end: closeStock(terms), closes: closeStock(terms) === n },
    },
  };
}

function fillStatuses(byStatus: StockState['byStatus']): StatusCounts {
  return { new: 0, open: 0, pending: 0, on_hold: 0, ...byStatus };
}

function sumTerms(sums: Sums): StockTerms {
  const count = (kind: FlowKind) =>
    sums.groups('backlog_flow').reduce((sum, group) => sum + (group.kind === kind ? group.n : 0), 0);
  return termsOf(sums.stockBefore, count);
}

function older(a: number | null, b: number): number {
  return a === null ? b : Math.max(a, b);
}

function countStatuses(unsolved: readonly Observation[]): StatusCounts {
  const counts: StatusCounts = { new: 0, open: 0, pending: 0, on_hold: 0 };
  for (const { kind } of unsolved) if (isTicketStatus(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function collectTerms(observations: readonly Observation[], frame: Frame): StockTerms {
  const before = { ...frame, from: Number.NEGATIVE_INFINITY, to: frame.from };
  const start = inFrame(observations, 'backlog_flow', before).reduce((sum, { value }) => sum + value, 0);
  const flows = inFrame(observations, 'backlog_flow', frame);
  return termsOf(start, (kind) => flows.filter((row) => row.kind === kind).length);
}

function termsOf(start: number, count: (kind: FlowKind) => number): StockTerms {
  return {
    start,
    created: count('created'),
    reopened: count('reopened'),
    restored: count('restored'),
    movedIn: count('moved_in'),
    solved: count('solved'),
    spam: count('spam'),
    merged: count('merged'),
    deleted: count('deleted'),
    movedOut: count('moved_out'),
  };
}

/** Tickets in new, open, pending or on hold at an instant. */
export const backlog: KpiDefinition = {
  ...countTextsOf(ID),
  id: ID,
  version: 1,
  unit: 'tickets',
  direction: 'down',
  clock: 'none',
  attribution: 'instant',
  exclusions: ['training', 'proactive'],
  reads: [
    { rows: 'lasting', measure: 'unsolved_stay' },
    { rows: 'before', measure: 'backlog_flow' },
    { rows: 'period', measure: 'backlog_flow' },
  ],
  splits: CREDITED_SPLITS,
  figure,
  summed,
  calculator: backlogCalculator(ID, figure),
};
