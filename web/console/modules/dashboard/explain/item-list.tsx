import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Time } from '../../../../ui/time.tsx';
import { withRoom } from '../../../../ui/with-room.ts';
import { type Entry, type Figure, type FigureQuery, type ItemPage, itemsQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import type { Term } from '../identity.ts';
import { Part } from './part.tsx';

type ListProps = {
  entry: Entry;
  /** What the rows must come to. */
  expected: Pick<Figure, 'n' | 'numerator'>;
  query: FigureQuery;
  /** The term of the figure's identity that the rows are behind, instead of the figure. */
  term?: Term;
  title?: string;
};

/** The rows behind a figure: their count is its n, their parts sum to its numerator, and it says whether they do. */
export function ItemList({ entry, expected, query, term, title }: ListProps) {
  const { t, formats } = useFigureWords();
  const { compare: _, ...asked } = query;
  const pages = useInfiniteQuery(itemsQuery(entry.id, { ...asked, compare: 'none', term }));
  const first = pages.data?.pages[0];
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  // To the second, since it is compared with the figure.
  const sum = formats.number(first?.sum ?? 0);
  const sumWords = entry.unit === 'seconds' ? t('dashboard.items.seconds', { sum }) : sum;
  const equal = first && first.count === expected.n && first.sum === expected.numerator;
  return (
    <Part title={title ?? t('dashboard.items')}>
      {first?.count === 0 && <p className="text-dense text-ink-3">{t('dashboard.items.none')}</p>}
      {first && (first.count > 0 || !equal) && (
        <p className={cx('figures text-dense', equal ? 'text-good' : 'text-due')}>
          {withRoom(t('dashboard.items.sum', { n: first.count, sum: sumWords }))}
          {t(equal ? 'dashboard.items.equal' : 'dashboard.items.moving')}
        </p>
      )}
      <ol className="mt-2">
        {items.map((item) => (
          <ItemRow key={`${item.ticketId}-${item.eventId}`} item={item} unit={entry.unit} />
        ))}
      </ol>
      {pages.isError && <p className="text-dense text-late">{wordsOf(pages.error, t)}</p>}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()} className="mt-2">
          {t('dashboard.items.more', { n: (first?.count ?? 0) - items.length })}
        </Button>
      )}
    </Part>
  );
}

function ItemRow({ item, unit }: { item: ItemPage['items'][number]; unit: Entry['unit'] }) {
  const { t, formats } = useFigureWords();
  const part =
    unit === 'seconds'
      ? formats.duration(item.numeratorPart)
      : t(item.numeratorPart > 0 ? 'dashboard.items.in' : 'dashboard.items.not_in');
  return (
    <li className="grid min-h-8 grid-cols-[1fr_auto] items-baseline gap-x-3 border-b border-line py-1 last:border-0">
      <Link
        to="/tickets/$ticket"
        params={{ ticket: String(item.ticketId) }}
        className="min-w-0 truncate text-ink"
      >
        <span className="figures me-2 text-dense text-ink-3">#{item.ticketId}</span>
        <bdi>{item.subject || t('dashboard.items.untitled')}</bdi>
      </Link>
      <span className="figures text-end text-dense">
        {unit !== 'tickets' && (
          <span className={item.numeratorPart > 0 ? 'me-3' : 'me-3 text-ink-3'}>{part}</span>
        )}
        <Time at={item.at} as="nearby" className="text-ink-3" />
      </span>
    </li>
  );
}
