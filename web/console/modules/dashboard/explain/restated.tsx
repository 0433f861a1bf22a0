import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { Time } from '../../../../ui/time.tsx';
import { useEventWords } from '../../inbox/conversation/event-words.ts';
import {
  type ChangePage,
  changesQuery,
  type Entry,
  type Figure,
  type FigureQuery,
} from '../figure-queries.ts';
import { type FigureWords, useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

type RestatedProps = {
  entry: Entry;
  restated: NonNullable<Figure['restated']>;
  query: FigureQuery;
};

/** A closed period that says something else than at its end: what it was, what it is, and what happened since. */
export function Restated({ entry, restated, query }: RestatedProps) {
  const words = useFigureWords();
  const { t } = words;
  const pages = useInfiniteQuery(changesQuery(entry.id, query));
  const count = pages.data?.pages[0]?.count ?? restated.eventCount ?? 0;
  const changes = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Part title={t('dashboard.restated')}>
      <p className="figures rounded-md bg-sunken px-3 py-2">
        {t('dashboard.restated.text', bothOf(entry, restated, words))}
      </p>
      {count > 0 && (
        <p className="figures mt-2 text-dense text-ink-3">{t('dashboard.restated.events', { n: count })}</p>
      )}
      <ol>
        {changes.map((change) => (
          <ChangeRow key={change.eventId} change={change} />
        ))}
      </ol>
      {pages.isError && <p className="text-dense text-late">{wordsOf(pages.error, t)}</p>}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()} className="mt-2">
          {t('dashboard.items.more', { n: count - changes.length })}
        </Button>
      )}
    </Part>
  );
}

/** As figures are written, and more exactly where the difference would be rounded away. */
function bothOf(
  { unit }: Entry,
  { was, now }: RestatedProps['restated'],
  { plain, t, formats }: FigureWords,
) {
  const shown = { was: plain(unit, was), now: plain(unit, now) };
  if (shown.was !== shown.now || was === null || now === null) return shown;
  const exact = (n: number) => {
    const number = formats.number(n, 3);
    return t(unit === 'seconds' ? 'dashboard.items.seconds' : 'dashboard.percent', { sum: number, number });
  };
  return { was: exact(was), now: exact(now) };
}

function ChangeRow({ change }: { change: ChangePage['items'][number] }) {
  const { t } = useFigureWords();
  const happened = useEventWords();
  return (
    <li className="border-b border-line py-1.5 last:border-0">
      <span className="flex items-baseline justify-between gap-x-3">
        <span className="min-w-0">{happened(change)}</span>
        <Time at={change.recordedAt} as="dateTime" className="figures shrink-0 text-dense text-ink-3" />
      </span>
      {change.ticketId !== null && (
        <Link to="/tickets/$ticket" params={{ ticket: String(change.ticketId) }} className="block truncate">
          <span className="figures me-2 text-dense text-ink-3">#{change.ticketId}</span>
          <bdi className="text-ink">{change.subject || t('dashboard.items.untitled')}</bdi>
        </Link>
      )}
    </li>
  );
}
