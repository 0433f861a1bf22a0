import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

type RestatedProps = { unit: Entry['unit']; restated: NonNullable<Figure['restated']> };

/** A closed period that says something else than at its end, and which events made it so. */
export function Restated({ unit, restated }: RestatedProps) {
  const { t, plain, formats } = useFigureWords();
  const count = restated.eventCount ?? 0;
  const numbers = restated.events.slice(0, 12).map((id) => `#${id}`);
  return (
    <Part title={t('dashboard.restated')}>
      <p className="rounded-md bg-due-well px-3 py-2">
        {t('dashboard.restated.text', { was: plain(unit, restated.was), now: plain(unit, restated.now) })}
      </p>
      {count > 0 && (
        <p className="figures mt-1 text-dense text-ink-3">
          {t('dashboard.restated.events', { n: count })} {formats.list(numbers)}
          {count > numbers.length && ' …'}
        </p>
      )}
    </Part>
  );
}
