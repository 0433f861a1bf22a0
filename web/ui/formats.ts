import { intlLocales, type Locale } from '../../i18n/locales.ts';
import { type DateStyle, formatDate, wallClock } from './dates.ts';
import { isolated } from './isolate.ts';

export type Translate = (id: string, values?: Record<string, unknown>) => string;
export type Instant = string | number | Date;
export type Formats = ReturnType<typeof createFormats>;

/**
 * Everything a screen writes that is not a sentence. Durations are seconds, ratios 0 to 1, instants ISO
 * text, epoch milliseconds or Date; the zone is the desk's unless a caller names another.
 */
export function createFormats(locale: Locale, timeZone: string, t: Translate) {
  const numbers = new Map<string, Intl.NumberFormat>();
  const formatNumber = (value: number, options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    const format = numbers.get(key) ?? new Intl.NumberFormat(intlLocales[locale], options);
    numbers.set(key, format);
    return format.format(value);
  };
  const date = (at: Instant, style: DateStyle = 'date', zone = timeZone) =>
    formatDate(new Date(at), style, locale, zone);

  return {
    locale,
    timeZone,
    number: (value: number, digits = 1) => formatNumber(value, { maximumFractionDigits: digits }),
    percent: (ratio: number, digits = 1) =>
      formatNumber(ratio, { style: 'percent', maximumFractionDigits: digits }),
    duration: (seconds: number, parts: 1 | 2 = 2) => duration(seconds, parts, t),
    /** A multiple of a step in the step's own unit: "90 min" of half hours, so that a scale repeats no label. */
    durationStep: (seconds: number, step: number) => durationStep(seconds, step, t),
    date,
    time: (at: Instant) => date(at, 'time'),
    dateTime: (at: Instant) => date(at, 'dateTime'),
    relative: (at: Instant, now: Instant) => relative(new Date(at), new Date(now), date, t),
    /** Like a mail list: the time today, the weekday this week, else the date. */
    nearby: (at: Instant, now: Instant) => nearby(new Date(at), new Date(now), date, timeZone),
    list: (items: string[]) =>
      new Intl.ListFormat(intlLocales[locale], { type: 'conjunction' }).format(items.map(isolated)),
    collator: new Intl.Collator(intlLocales[locale], { numeric: true }),
    weekStart: weekStart(locale),
  };
}

const units = [
  { id: 'ui.duration.days', seconds: 86_400 },
  { id: 'ui.duration.hours', seconds: 3600 },
  { id: 'ui.duration.minutes', seconds: 60 },
  { id: 'ui.duration.seconds', seconds: 1 },
];

/** The one or two largest units that say something: "2 h 5 min". Never rounds a wait down to nothing. */
function duration(seconds: number, parts: 1 | 2, t: Translate): string {
  let rest = Math.round(Math.abs(seconds));
  const sign = seconds < 0 ? '−' : '';
  const first = units.findIndex((unit) => rest >= unit.seconds);
  if (first < 0) return t('ui.duration.seconds', { n: 0 });
  const words = units.slice(first, first + parts).flatMap((unit) => {
    const n = Math.floor(rest / unit.seconds);
    rest -= n * unit.seconds;
    // A figure never parts from its unit at the end of a line.
    return n > 0 ? [t(unit.id, { n }).replaceAll(' ', '\u00a0')] : [];
  });
  return sign + words.join(' ');
}

function durationStep(seconds: number, step: number, t: Translate): string {
  const unit = units.find((one) => step >= one.seconds) ?? { id: 'ui.duration.seconds', seconds: 1 };
  return t(unit.id, { n: Math.round(seconds / unit.seconds) }).replaceAll(' ', '\u00a0');
}

type WriteDate = (at: Instant, style: DateStyle) => string;

function relative(at: Date, now: Date, date: WriteDate, t: Translate): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 45) return t('ui.time.now');
  if (Math.abs(seconds) >= 7 * 86_400) return date(at, 'date');
  const wait = duration(Math.max(60, Math.abs(seconds)), 1, t);
  return t(seconds < 0 ? 'ui.time.ago' : 'ui.time.in', { wait });
}

function nearby(at: Date, now: Date, date: WriteDate, timeZone: string): string {
  const a = wallClock(at, timeZone);
  const b = wallClock(now, timeZone);
  if (a.year === b.year && a.month === b.month && a.day === b.day) return date(at, 'time');
  if (Math.abs(now.getTime() - at.getTime()) < 6 * 86_400_000) return date(at, 'weekday');
  return date(at, a.year === b.year ? 'dayMonth' : 'date');
}

/** Where a calendar's week begins, 0 Sunday to 6 Saturday: date pickers only, figures follow the desk. */
function weekStart(locale: Locale): number {
  return locale === 'be' || locale === 'zh-CN' ? 1 : 0;
}
