import { Temporal } from 'temporal-polyfill';

/** A written date as a half-open span: a day is one of the desk's, as the screens show it, an instant a second. */
export interface Moment {
  from: Date;
  until: Date;
  /** What `>` starts from: the end of a day, but "since" for a length of time such as `4hours`. */
  after: Date;
}

const day = 86_400_000;
const lengths: Record<string, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
};

/** Is this a day, or a time without its zone, so that the desk's matters? */
export const needsZone = (text: string): boolean => written.test(text) && !zoned.test(text);

const written = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/;
const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/;

export function readMoment(text: string, now: Date, timeZone: string): Moment | null {
  const length = /^(\d{1,5})(minute|hour|day|week|month|year)s?$/i.exec(text);
  if (length) {
    const from = new Date(now.getTime() - Number(length[1]) * (lengths[length[2]?.toLowerCase() ?? ''] ?? 0));
    return { from, until: now, after: from };
  }
  if (!written.test(text)) return null;
  try {
    if (zoned.test(text)) return second(Temporal.Instant.from(text));
    if (text.includes('T')) return second(Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone));
    const date = Temporal.PlainDate.from(text);
    return span(date.toZonedDateTime(timeZone), date.add({ days: 1 }).toZonedDateTime(timeZone));
  } catch {
    // A day or an hour that no calendar has.
    return null;
  }
}

type At = { epochMilliseconds: number };

const second = ({ epochMilliseconds }: At): Moment =>
  span({ epochMilliseconds }, { epochMilliseconds: epochMilliseconds + 1000 });

function span(from: At, to: At): Moment {
  const until = new Date(to.epochMilliseconds);
  return { from: new Date(from.epochMilliseconds), until, after: until };
}
