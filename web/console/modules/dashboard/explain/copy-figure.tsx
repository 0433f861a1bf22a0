import { Copy } from 'lucide-react';
import { apiUrl } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { toast } from '../../../../ui/toast.ts';
import type { Figure, FigureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

/** The figure as the API gives it, and its rows as files. */
export function CopyFigure({ figure, query }: { figure: Figure; query: FigureQuery }) {
  const { t } = useFigureWords();
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(figure, null, 2)).then(
      () => toast(t('dashboard.copied')),
      () => toast(t('dashboard.not_copied'), { tone: 'failed' }),
    );
  const file = (format: 'csv' | 'json') =>
    apiUrl(`/kpis/${figure.id}/export`, { ...query, compare: undefined, format });
  return (
    <div className="flex flex-1 flex-wrap items-center gap-x-4 gap-y-2 text-dense">
      <Button icon={Copy} onClick={() => void copy()}>
        {t('dashboard.copy_json')}
      </Button>
      <span className="text-ink-3">{t('dashboard.rows_as')}</span>
      <a href={file('csv')} download>
        CSV
      </a>
      <a href={file('json')} download>
        JSON
      </a>
    </div>
  );
}
