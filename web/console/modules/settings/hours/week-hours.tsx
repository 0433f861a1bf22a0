import { Copy, Plus, X } from 'lucide-react';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import type { Schedule } from '../settings-queries.ts';

type Hours = Schedule['definition']['hours'];
type Day = keyof Hours;
type Interval = [string, string];

/** Monday first on the form; what a week is for figures is the desk's own setting. */
const days: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The opening hours of a week: any number of intervals a day, over midnight too. */
export function WeekHours({
  hours,
  onChange,
  faultAt,
}: {
  hours: Hours;
  onChange: (hours: Hours) => void;
  /** What is wrong with a place of the week, such as `mon` or `mon.1`, or anywhere in it. */
  faultAt: (place?: string) => string | undefined;
}) {
  const t = useText();
  const formats = useFormats();
  const change = (day: Day, intervals: Interval[]) => onChange({ ...hours, [day]: intervals });
  // 2024-01-01 was a Monday.
  const nameOf = (index: number) => formats.date(`2024-01-0${index + 1}T12:00:00Z`, 'weekday');
  return (
    <fieldset>
      <legend className="mb-1 text-dense font-strong text-ink-2">{t('settings.hours.week')}</legend>
      {days.map((day, index) => {
        const intervals = hours[day] ?? [];
        return (
          <div
            key={day}
            className="flex items-start gap-x-3 border-b border-line py-1.5 last:border-0 max-tablet:gap-x-1 max-[360px]:flex-wrap"
          >
            <span className="w-10 shrink-0 leading-(--control) text-ink-2 max-[360px]:flex-1">
              {nameOf(index)}
            </span>
            <div className="flex min-h-(--control) min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 max-[360px]:order-last max-[360px]:basis-full">
              <DayIntervals
                name={nameOf(index)}
                intervals={intervals}
                onChange={(next) => change(day, next)}
                isWrong={(at) => faultAt(`${day}.${at}`) !== undefined}
              />
              {faultAt(day) && (
                <p role="alert" className="basis-full text-dense text-late">
                  {faultAt(day)}
                </p>
              )}
            </div>
            <span className="flex shrink-0">
              {index > 0 && (
                <IconButton
                  icon={Copy}
                  label={t('settings.hours.copy', { day: nameOf(index), from: nameOf(index - 1) })}
                  onClick={() => change(day, [...(hours[days[index - 1] ?? 'mon'] ?? [])])}
                />
              )}
              <IconButton
                icon={Plus}
                label={t('settings.hours.more', { day: nameOf(index) })}
                onClick={() =>
                  change(day, [
                    ...intervals,
                    intervals.length === 0 ? ['09:00', '18:00'] : ['19:00', '21:00'],
                  ])
                }
              />
            </span>
          </div>
        );
      })}
      {faultAt() && !days.some((day) => faultAt(day)) && (
        <p role="alert" className="mt-1 text-dense text-late">
          {faultAt()}
        </p>
      )}
    </fieldset>
  );
}

type DayProps = {
  name: string;
  intervals: Interval[];
  onChange: (intervals: Interval[]) => void;
  isWrong: (at: number) => boolean;
};

function DayIntervals({ name, intervals, onChange, isWrong }: DayProps) {
  const t = useText();
  if (intervals.length === 0) return <span className="text-ink-3">{t('settings.hours.closed')}</span>;
  const replace = (at: number, next: Interval) =>
    onChange(intervals.map((one, index) => (index === at ? next : one)));
  return intervals.map(([from, to], index) => (
    <span
      key={placeOf(index)}
      className={cx('flex items-center gap-1 rounded-md', isWrong(index) && 'outline-2 outline-late')}
    >
      <Clock
        label={t('settings.hours.opens_at', { day: name })}
        value={from}
        onChange={(next) => replace(index, [next, to])}
      />
      <span aria-hidden="true">–</span>
      <Clock
        label={t('settings.hours.closes_at', { day: name })}
        value={to}
        onChange={(next) => replace(index, [from, next])}
      />
      <IconButton
        icon={X}
        label={t('settings.hours.drop', { day: name, from, to })}
        onClick={() => onChange(intervals.filter((_, at) => at !== index))}
      />
    </span>
  ));
}

/** An interval has no name but its place in the day. */
const placeOf = (index: number) => `interval-${index}`;

/** Plain text rather than a time picker: `24:00` is the end of a day, and pickers do not know it. */
function Clock({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <span className="w-16">
      <TextField
        label={label}
        labelHidden
        value={value}
        onChange={onChange}
        inputMode="numeric"
        maxLength={5}
        dir="ltr"
        className="figures text-center"
      />
    </span>
  );
}
