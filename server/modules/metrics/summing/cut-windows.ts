/** Seconds since 1970, half-open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Periods as sums that are kept and rows that are not. Each is a run of whole UTC days, to which the rows of some pieces
 * of days are added and from which those of others are taken away. Periods that meet inside a day share the piece.
 */
export interface Cut {
  /** Of each period, which begins at a second, the first day and the one after the last; equal when there is none. */
  readonly runs: readonly { readonly begin: number; readonly firstDay: number; readonly endDay: number }[];
  /** The runs as buckets of 1, 8 and 64 days, as few as will do. */
  readonly buckets: readonly { readonly part: number; readonly span: number; readonly bucket: number }[];
  readonly pieces: readonly Stretch[];
  /** `sign` 1: the piece is of this part; -1: its day is, but the piece is not. */
  readonly shares: readonly { readonly part: number; readonly piece: number; readonly sign: number }[];
}

export const DAY = 86_400;

/** `known` is the second from which on nothing is known: rows after it cost nothing. */
export function cutWindows(stretches: readonly Stretch[], known: number): Cut {
  const cuts = stretches.map((stretch) => cutWindow(stretch, known));
  const pieces = new Map<string, { piece: number; stretch: Stretch }>();
  const shares = cuts.flatMap(({ edges }, part) =>
    edges.map(({ sign, ...stretch }) => {
      const key = `${stretch.from} ${stretch.to}`;
      const { piece } = pieces.get(key) ?? { piece: pieces.size };
      pieces.set(key, { piece, stretch });
      return { part, piece, sign };
    }),
  );
  return {
    runs: cuts.map(({ firstDay, endDay }, part) => ({
      begin: (stretches[part] as Stretch).from,
      firstDay,
      endDay,
    })),
    buckets: cuts.flatMap(({ firstDay, endDay }, part) =>
      coverDays(firstDay, endDay).map((bucket) => ({ part, ...bucket })),
    ),
    pieces: [...pieces.values()].map(({ stretch }) => stretch),
    shares,
  };
}

type Edge = Stretch & { sign: number };

interface OneCut {
  firstDay: number;
  endDay: number;
  edges: Edge[];
}

/** Each end moves to the midnight that has fewer seconds of rows on its way. */
function cutWindow({ from, to }: Stretch, known: number): OneCut {
  const firstDay = Math.round(from / DAY);
  const endDay = to >= known ? Math.ceil(to / DAY) : Math.round(to / DAY);
  const edges = [...edgeOf(from, firstDay * DAY, 1), ...edgeOf(to, endDay * DAY, -1)];
  const seconds = edges.reduce((sum, edge) => sum + Math.max(0, Math.min(edge.to, known) - edge.from), 0);
  if (firstDay < endDay && seconds < to - from) return { firstDay, endDay, edges };
  return { firstDay, endDay: firstDay, edges: from < to ? [{ from, to, sign: 1 }] : [] };
}

/** What is between an end and its midnight belongs to a begin when it comes after it, and to an end when before. */
function edgeOf(at: number, midnight: number, side: 1 | -1): Edge[] {
  if (at === midnight) return [];
  return at < midnight ? [{ from: at, to: midnight, sign: side }] : [{ from: midnight, to: at, sign: -side }];
}

export function coverDays(firstDay: number, endDay: number): { span: number; bucket: number }[] {
  const buckets: { span: number; bucket: number }[] = [];
  for (let day = firstDay; day < endDay; ) {
    const span = [2, 1, 0].find((size) => isWhole(day, 8 ** size, endDay)) ?? 0;
    buckets.push({ span, bucket: Math.floor(day / 8 ** span) });
    day += 8 ** span;
  }
  return buckets;
}

function isWhole(day: number, days: number, endDay: number): boolean {
  return Math.floor(day / days) * days === day && day + days <= endDay;
}
