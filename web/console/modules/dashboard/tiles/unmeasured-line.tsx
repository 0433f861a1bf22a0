import type { Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

/** How many tickets are in no figure at all, since their history cannot be measured. */
export const unmeasuredIn = ({ exclusions }: Figure): number => exclusions.unmeasured ?? 0;

/** That tickets are missing, where figures are read; a press tells which. */
export function UnmeasuredLine({ n, onExplain }: { n: number; onExplain: () => void }) {
  const { t } = useFigureWords();
  if (n === 0) return null;
  return (
    <p className="mb-3 text-dense">
      <button
        type="button"
        onClick={onExplain}
        className="min-h-6 text-start text-due underline decoration-dotted underline-offset-3 hover:decoration-solid"
      >
        {t('dashboard.unmeasured', { n })}
      </button>
    </p>
  );
}
