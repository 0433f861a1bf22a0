import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

type LineProps = { entry: Entry; figure: Figure; onExplain: () => void };

/** That the period, though over, says something else than it said at its end; a press tells why. */
export function RestatedLine({ entry, figure: { restated }, onExplain }: LineProps) {
  const { t, plain } = useFigureWords();
  if (!restated) return null;
  const was = plain(entry.unit, restated.was);
  const now = plain(entry.unit, restated.now);
  return (
    <p className="figures text-dense">
      <button
        type="button"
        onClick={onExplain}
        className="min-h-6 text-start text-ink underline decoration-dotted underline-offset-3 hover:decoration-solid"
      >
        {was === now ? t('dashboard.restated.same', { now }) : t('dashboard.restated.tile', { was, now })}
      </button>
    </p>
  );
}
