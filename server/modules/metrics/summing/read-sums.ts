import type { Queryable } from '../../../platform/db/database.ts';
import type { Window } from '../arithmetic/period.ts';
import { endOf, type Frame } from '../figure.ts';
import { cutWindows, type Stretch } from './cut-windows.ts';
import { readClaimsInTime } from './read-claims-in-time.ts';
import { readGroups } from './read-groups.ts';
import { readRanks } from './read-ranks.ts';
import { readSolvedOfEarlier } from './read-solved-of-earlier.ts';
import { readStates } from './read-states.ts';
import { readStocks } from './read-stocks.ts';
import { readTangled } from './read-tangled.ts';
import { readUnclaimed } from './read-unclaimed.ts';
import type { Sums } from './sums.ts';
import { sumsOfPart } from './sums-of-part.ts';

/**
 * Periods of the whole desk from its roll-ups, and from rows where they cut a day: one with all that stands beside its
 * figures, and others of which only value, numerator, denominator and n are to be shown. As many statements for many of
 * them as for one.
 */
export async function readSums(
  db: Queryable,
  asked: { whole: Window; values: readonly Window[] },
  asOf: number,
): Promise<{ whole: Sums; values: Sums[] }> {
  const frames = [asked.whole, ...asked.values].map(
    (window): Frame => ({ ...window, asOf, businessSeconds: () => 0 }),
  );
  const stretches = frames.map(stretchOf);
  const ends = frames.map((frame) => endOf(frame) / 1000);
  const known = asOf / 1000 + 1;
  const cut = cutWindows(stretches, known);
  const [first] = stretches as [Stretch];
  const [groups, tangled, solvedOfEarlier, inTime, unclaimed, stocks, ranksOf, states] = await Promise.all([
    readGroups(db, cut),
    readTangled(db, stretches),
    readSolvedOfEarlier(db, cut),
    readClaimsInTime(db, cut),
    readUnclaimed(db, ends, first.from),
    readStocks(db, stretches),
    readRanks(db, first, cutWindows([first], known)),
    readStates(db, ends[0] as number),
  ]);
  const stocksBefore = stocks(groups);
  const sums = frames.map((frame, part) =>
    sumsOfPart(
      frame,
      {
        groups: groups[part] ?? new Map(),
        tangled: tangled[part] ?? [],
        solvedOfEarlier: solvedOfEarlier[part] ?? 0,
        inTime: inTime[part] ?? new Map(),
        unclaimed: unclaimed[part] ?? new Map(),
        stockBefore: stocksBefore[part] ?? 0,
      },
      part === 0 ? { ranksOf, states } : null,
    ),
  );
  const [whole, ...values] = sums as [Sums, ...Sums[]];
  return { whole, values };
}

function stretchOf(frame: Frame): Stretch {
  return { from: frame.from / 1000, to: Math.max(frame.from, endOf(frame) + 1000) / 1000 };
}
