import { Plus, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { dateOf, datesIn } from './dates-in.ts';

type DaysOffProps = { days: string[]; onChange: (days: string[]) => void };

/** Single days on which the desk is closed, a row each; a row that is no date says so where it stands. */
export function DaysOff({ days, onChange }: DaysOffProps) {
  const t = useText();
  const list = useRef<HTMLFieldSetElement>(null);
  const hint = useId();
  const put = (at: number, count: number, rows: string[]) => onChange(days.toSpliced(at, count, ...rows));
  /** Writing goes on in a row once it is there, or in the last one. */
  const goTo = (at: number) =>
    requestAnimationFrame(() => {
      const fields = [...(list.current?.querySelectorAll('input') ?? [])];
      (fields[at] ?? fields.at(-1) ?? list.current?.querySelector('button'))?.focus();
    });
  const add = (at: number) => {
    put(at, 0, ['']);
    goTo(at);
  };
  return (
    <fieldset ref={list} aria-describedby={hint}>
      <legend className="mb-1 text-dense font-strong text-ink-2">{t('settings.hours.holidays')}</legend>
      <ul className="grid gap-x-6 gap-y-1 tablet:grid-cols-2">
        {days.map((day, at) => (
          <DayRow
            key={placeOf(at)}
            place={at + 1}
            day={day}
            onChange={(next) => put(at, 1, [next])}
            onPaste={(rows) => {
              put(at, 1, rows);
              goTo(at + rows.length - 1);
            }}
            onMore={() => add(at + 1)}
            onRemove={() => {
              put(at, 1, []);
              goTo(at);
            }}
          />
        ))}
      </ul>
      <Button icon={Plus} className="mt-1" onClick={() => add(days.length)}>
        {t('settings.hours.day_off.add')}
      </Button>
      <p id={hint} className="mt-1 text-dense text-ink-3">
        {t('settings.hours.holidays.hint')}
      </p>
    </fieldset>
  );
}

/** A row has no name but its place in the list. */
const placeOf = (at: number) => `day-${at}`;

type DayRowProps = {
  place: number;
  day: string;
  onChange: (day: string) => void;
  onPaste: (days: string[]) => void;
  onMore: () => void;
  onRemove: () => void;
};

function DayRow({ place, day, onChange, onPaste, onMore, onRemove }: DayRowProps) {
  const t = useText();
  const formats = useFormats();
  const [writing, setWriting] = useState(false);
  const date = dateOf(day);
  const wrong = !date && !writing && day.trim() !== '';
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const rows = datesIn(event.clipboardData.getData('text'));
    if (rows.length < 2) return;
    event.preventDefault();
    onPaste(day.trim() === '' ? rows : [day, ...rows]);
  };
  // As a line goes on in the next.
  const goOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || day.trim() === '') return;
    event.preventDefault();
    onMore();
  };
  const leave = () => {
    setWriting(false);
    if (date && date !== day) onChange(date);
  };
  return (
    <li className="flex items-start gap-2">
      <span className={wrong ? 'min-w-0 flex-1' : 'w-32 shrink-0'}>
        <TextField
          label={t('settings.hours.day_off', { n: place })}
          labelHidden
          dir="ltr"
          value={day}
          onChange={onChange}
          onFocus={() => setWriting(true)}
          onBlur={leave}
          onPaste={paste}
          onKeyDown={goOn}
          error={wrong ? t('errors.not_a_date') : undefined}
          className="figures"
        />
      </span>
      {!wrong && (
        <span className="min-w-0 flex-1 text-dense leading-(--control) text-ink-2">
          {date && formats.date(`${date}T12:00:00Z`, 'weekdayDate', 'UTC')}
        </span>
      )}
      <IconButton
        icon={X}
        label={t('settings.hours.day_off.drop', { day: day.trim() || place })}
        onClick={onRemove}
      />
    </li>
  );
}
