import { countAges } from '../arithmetic/age-buckets.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import type { StatusCounts, StockTerms } from '../arithmetic/stock.ts';
import { balanceStock, closeStock, countUnsolved } from '../arithmetic/stock.ts';
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
      identity: identityOf(terms, items.length),
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
      identity: identityOf(terms, n),
    },
  };
}

function fillStatuses(byStatus: StockState['byStatus']): StatusCounts {
  return { new: 0, open: 0, pending: 0, on_hold: 0, ...byStatus };
}

function sumTerms(sums: Sums): StockTerms {
  const count = (kind: FlowKind) =>
    sums.groups('backlog_flow').reduce((sum, group) => sum + (group.kind === kind ? group.n : 0), 0);
  // Sums are over the whole desk, inside which every move stays.
  const { movedIn, movedOut } = KINDS;
  return termsOf(sums.stockBefore, (kind) => (kind === movedIn || kind === movedOut ? 0 : count(kind)));
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
  const flows = listFlows(observations, frame);
  return termsOf(start, (kind) => flows.filter((row) => row.kind === kind).length);
}

const KINDS = {
  created: 'created',
  reopened: 'reopened',
  restored: 'restored',
  movedIn: 'moved_in',
  solved: 'solved',
  spam: 'spam',
  merged: 'merged',
  deleted: 'deleted',
  movedOut: 'moved_out',
} as const satisfies Record<Exclude<keyof StockTerms, 'start'>, FlowKind>;

/** A move from one team, tier or priority to another is none for who asks about both. */
function listFlows(observations: readonly Observation[], frame: Frame): Observation[] {
  const flows = inFrame(observations, 'backlog_flow', frame);
  const moves = new Map<string, number>();
  const turnOf = ({ ticketId, eventId }: Observation) => `${ticketId} ${eventId}`;
  for (const row of flows) if (isMove(row)) moves.set(turnOf(row), (moves.get(turnOf(row)) ?? 0) + 1);
  return flows.filter((row) => !isMove(row) || moves.get(turnOf(row)) === 1);
}

function isMove({ kind }: Observation): boolean {
  return kind === KINDS.movedIn || kind === KINDS.movedOut;
}

function termsOf(start: number, count: (kind: FlowKind) => number): StockTerms {
  const counts = Object.entries(KINDS).map(([term, kind]) => [term, count(kind)] as const);
  return { start, ...(Object.fromEntries(counts) as Record<keyof typeof KINDS, number>) };
}

/** `end` is what the terms come to, and `closes` whether that is the stock that was counted. */
function identityOf(terms: StockTerms, counted: number) {
  const end = closeStock(terms);
  return { ...terms, ...balanceStock(terms), end, closes: end === counted };
}

const terms = Object.fromEntries(
  Object.entries(KINDS).map(([term, kind]) => [
    term,
    (observations: readonly Observation[], frame: Frame) =>
      listFlows(observations, frame)
        .filter((row) => row.kind === kind)
        .map((row) => itemOf(row, 1)),
  ]),
);

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
  terms,
  summed,
  calculator: backlogCalculator(ID, figure),
};
