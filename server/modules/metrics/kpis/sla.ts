import type { Ratio } from '../arithmetic/ratio.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, inFrame, itemOf, ratioFigure } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { countOf, exclusionsOf, kept, summedRatio } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, textsOf } from './definition.ts';
import { slaCalculator } from './sla-calculator.ts';

const ID = 'sla';

/** All targets pooled: each judged target is a row. Running inside the target is not judged yet. */
function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'sla_outcome', frame);
  const judged = counted(rows);
  const items = judged.map((row) => itemOf(row, row.value));
  const pooled = ratioFigure(items, countExclusions(rows));
  return {
    ...pooled,
    details: {
      met: pooled.numerator,
      breached: pooled.denominator - pooled.numerator,
      byTarget: countTargets(judged),
    },
  };
}

function summed(sums: Sums): SummedFigure {
  const rows = sums.groups('sla_outcome');
  const judged = kept(rows);
  const n = countOf(judged);
  const met = judged.reduce((sum, { value }) => sum + value, 0);
  const byTarget: Record<string, Ratio> = {};
  for (const group of judged) {
    const { num, den } = byTarget[group.kind || 'other'] ?? { num: 0, den: 0 };
    byTarget[group.kind || 'other'] = { num: num + group.value, den: den + group.n };
  }
  return { ...summedRatio(met, n, n, exclusionsOf(rows)), details: { met, breached: n - met, byTarget } };
}

function countTargets(judged: readonly Observation[]): Record<string, Ratio> {
  const targets: Record<string, Ratio> = {};
  for (const { kind, value } of judged) {
    const target = kind ?? 'other';
    const { num, den } = targets[target] ?? { num: 0, den: 0 };
    targets[target] = { num: num + value, den: den + 1 };
  }
  return targets;
}

/** Met over judged, at the target that was in force when it was set. */
export const sla: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'percent',
  direction: 'up',
  clock: 'channel',
  attribution: 'judged',
  exclusions: EXCLUSION_REASONS,
  reads: [{ rows: 'period', measure: 'sla_outcome' }],
  splits: [...CREDITED_SPLITS, 'target'],
  figure,
  summed,
  calculator: slaCalculator(ID),
};
