import { intlLocales } from '../../../../i18n/locales.ts';
import { useFormats, useText } from '../../../ui/text.tsx';
import { exactPercent } from './exact-ratio.ts';
import type { Entry, Figure } from './figure-queries.ts';

type Counted = Pick<Figure, 'value' | 'numerator' | 'denominator'>;

/** How figures are written: by their unit, in the reader's language, never rounded twice. */
export function useFigureWords() {
  const t = useText();
  const formats = useFormats();
  const tags = intlLocales[formats.locale];
  const oneDecimal = (n: number, sign: boolean) =>
    new Intl.NumberFormat(tags, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: sign ? 'exceptZero' : 'auto',
    }).format(n);
  const percentSign = (number: string) => t('dashboard.percent', { number });

  const ratio = (numerator: number, denominator: number): string => {
    if (denominator === 0) return '—';
    const { tenths, edge } = exactPercent(numerator, denominator);
    if (edge === 'over') return `>${percentSign('0')}`;
    if (edge === 'under') return `<${percentSign('100')}`;
    return percentSign(oneDecimal(tenths / 10, false));
  };
  const value = (unit: Entry['unit'], { value: is, numerator, denominator }: Counted): string => {
    if (is === null) return '—';
    if (unit === 'seconds') return formats.duration(is);
    if (unit === 'percent') return ratio(numerator, denominator);
    return unit === 'tickets' ? t('kpi.unit.tickets', { count: is }) : formats.number(is);
  };
  const plain = (unit: Entry['unit'], is: number | null): string => {
    if (is === null) return '—';
    if (unit === 'seconds') return formats.duration(is);
    if (unit === 'percent') return percentSign(oneDecimal(is, false));
    return formats.number(is);
  };
  return {
    t,
    formats,
    ratio,
    value,
    plain,
    /** The days of a stretch: "Sep 1 – Sep 30". */
    days: ({ from, to }: Figure['period']) => {
      const [first, last] = [from, Date.parse(to) - 1].map((at) => formats.date(at, 'dayMonth'));
      return first === last ? first : `${first} – ${last}`;
    },
    /** From the minute to the minute, with the zone. */
    span: ({ from, to }: Figure['period']) =>
      `${formats.dateTime(from)} – ${formats.dateTime(to)}, ${formats.timeZone}`,
    change: (shown: string) => changeOf(shown, oneDecimal, percentSign, t),
  };
}

export type FigureWords = ReturnType<typeof useFigureWords>;

/** The API writes a change exactly, such as `+47.4%` or `-2.8 pp`; here it gets the reader's number format. */
function changeOf(
  shown: string,
  write: (n: number, sign: boolean) => string,
  percent: (number: string) => string,
  t: FigureWords['t'],
): string {
  if (shown === 'new') return t('kpi.comparison.new');
  const number = Number(/[\d.]+/.exec(shown.replace(/[,\s]/g, ''))?.[0]);
  if (Number.isNaN(number)) return shown;
  const signed = write(/^[-−]/.test(shown) ? -number : number, true).replace('-', '−');
  return shown.endsWith('pp') ? t('dashboard.points', { number: signed }) : percent(signed);
}

/** `12:04:09` on the desk's clock, in every language. */
export function clockTime(at: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', hourCycle: 'h23', timeZone }).format(
    new Date(at),
  );
}
