import { intlLocales, type Locale } from '../../i18n/locales.ts';

/** The wall-clock parts of an instant in a zone. Month is 1 to 12, weekday 0 is Sunday. */
type WallClock = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'weekday', number>;

export type DateStyle = 'date' | 'dayMonth' | 'time' | 'dateTime' | 'weekday' | 'weekdayDate';

const byStyle: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  dayMonth: { month: 'short', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dateTime: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  weekday: { weekday: 'short' },
  weekdayDate: { weekday: 'short', month: 'short', day: 'numeric' },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** An instant in words of the locale, on the clock of the zone (IANA name). */
export function formatDate(at: Date, style: DateStyle, locale: Locale, timeZone: string): string {
  if (locale === 'be') return belarusian(wallClock(at, timeZone), style);
  if (locale.startsWith('zh') && style === 'date') return chineseDate(wallClock(at, timeZone));
  return formatter(intlLocales[locale].join(), timeZone, byStyle[style]).format(at);
}

function chineseDate({ year, month, day }: WallClock): string {
  return `${year}年${month}月${day}日`;
}

const months = 'сту лют сак кра мая чэр ліп жні вер кас ліс сне'.split(' ');
const weekdays = 'нд пн аў ср чц пт сб'.split(' ');

// Chromium has no Belarusian date patterns, so the few that the desk shows are written here.
function belarusian(clock: WallClock, style: DateStyle): string {
  const dayMonth = `${clock.day} ${months[clock.month - 1]}`;
  const date = `${dayMonth} ${clock.year} г.`;
  const time = `${twoDigits(clock.hour)}:${twoDigits(clock.minute)}`;
  const weekday = weekdays[clock.weekday] ?? '';
  const words: Record<DateStyle, string> = {
    date,
    dayMonth,
    time,
    dateTime: `${date}, ${time}`,
    weekday,
    weekdayDate: `${weekday}, ${dayMonth}`,
  };
  return words[style];
}

const twoDigits = (n: number) => String(n).padStart(2, '0');

const shortWeekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export function wallClock(at: Date, timeZone: string): WallClock {
  const parts = formatter('en', timeZone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const number = (type: string) => Number(part(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    weekday: shortWeekdays.indexOf(part('weekday')),
  };
}

function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale.split(','), { ...options, timeZone });
  formatters.set(key, made);
  return made;
}
