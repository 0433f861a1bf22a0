import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

/** Why there is no figure, and what it takes; that filters may keep it away. */
export function EmptyWhy({ entry, figure }: { entry: Entry; figure: Figure }) {
  const { t } = useFigureWords();
  const filtered = Object.keys(figure.filters).length > 0;
  return (
    <p className="text-dense text-ink-2">
      {t(filtered ? 'dashboard.empty_filtered' : 'kpi.no_data.reason')} {t(`dashboard.fills.${entry.id}`)}
    </p>
  );
}
