/** A written date as a half-open span: a day is 24 hours in UTC, an instant a second. */
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

export function readMoment(text: string, now: Date): Moment | null {
  const length = /^(\d{1,5})(minute|hour|day|week|month|year)s?$/i.exec(text);
  if (length) {
    const from = new Date(now.getTime() - Number(length[1]) * (lengths[length[2]?.toLowerCase() ?? ''] ?? 0));
    return { from, until: now, after: from };
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return span(`${text}T00:00:00Z`, day);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?$/.test(text)) {
    return span(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`, 1000);
  }
  return null;
}

function span(text: string, milliseconds: number): Moment | null {
  const from = new Date(text);
  if (Number.isNaN(from.getTime())) return null;
  const until = new Date(from.getTime() + milliseconds);
  return { from, until, after: until };
}
