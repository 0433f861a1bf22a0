import { type Distribution, describeValues } from '../arithmetic/distribution.ts';
import { counted, endOf, type Frame, inFrame } from '../figure.ts';
import type { Channel } from '../history.ts';
import type { Observation } from '../observation.ts';
import { changeOf, type Groups, subtract } from './read-groups.ts';
import type { RanksOf } from './read-ranks.ts';
import { noStates, type States } from './read-states.ts';
import { countOf, kept, type RankClock, type Series, type SumGroup, type Sums } from './sums.ts';

/** What was read of one period. */
interface Part {
  groups: Groups;
  tangled: readonly Observation[];
  /** Tangled tickets among them. */
  solvedOfEarlier: number;
  inTime: ReadonlyMap<Channel, number>;
  unclaimed: Sums['unclaimed'];
  stockBefore: number;
}

/** `beside` is what stands beside values; null where those alone are asked. */
export function sumsOfPart(
  frame: Frame,
  part: Part,
  beside: { ranksOf: RanksOf; states: States } | null,
): Sums {
  const { tangled, stockBefore, unclaimed } = part;
  const groups = (series: Series) => part.groups.get(series) ?? [];
  const rows = dated(tangled, frame);
  const ranksOf = beside?.ranksOf ?? noRanks;
  return {
    frame,
    groups,
    plain: (series) => subtract(groups(series), series, rows(series), beside !== null),
    tangled,
    solvedOfEarlier:
      part.solvedOfEarlier - counted(rows('full_resolution')).filter(isEarlier(frame.from)).length,
    stockBefore,
    spread: (series, clock) => spreadOf(kept(groups(series)), series, clock, ranksOf),
    claimsInTime: (channel) => part.inTime.get(channel) ?? 0,
    unclaimed,
    ...(beside?.states ?? statesAfter(stockBefore + changeOf(part.groups))),
  };
}

const noRanks: RanksOf = () => ({ median: null, p90: null });

/** The stock as a running sum of what came and went: a value asks for no more than its count. */
function statesAfter(n: number): States {
  return { ...noStates, unsolved: { ...noStates.unsolved, n } };
}

function isEarlier(from: number): (row: Observation) => boolean {
  return ({ since }) => since !== null && since < from;
}

/** The rows of the tangled tickets that the sums of a series have in them. */
function dated(tangled: readonly Observation[], frame: Frame): (series: Series) => Observation[] {
  return (series) => {
    if (series !== 'cohort') return inFrame(tangled, series, frame);
    const end = endOf(frame);
    return tangled.filter(
      ({ measure, until, since }) =>
        measure === 'full_resolution' &&
        until === null &&
        since !== null &&
        since >= frame.from &&
        since <= end,
    );
  };
}

function spreadOf(
  groups: readonly SumGroup[],
  series: Series,
  clock: RankClock,
  ranksOf: RanksOf,
): Distribution {
  const own = groups.filter(
    ({ lasts, channel }) => (series !== 'full_resolution' || lasts) && (series !== 'claim' || channel !== ''),
  );
  const n = countOf(own);
  if (n === 0) return describeValues([]);
  const field = clock === 'calendar' ? 'value' : clock;
  const sum = own.reduce((total, group) => total + group[field], 0);
  const { median, p90 } = ranksOf(series, clock);
  return { n, sum, mean: sum / n, median, p90 };
}
