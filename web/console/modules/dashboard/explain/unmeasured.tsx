import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { useMe } from '../../../shell/use-me.ts';
import { unmeasuredQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

/** The tickets that are in no figure at all, since their history cannot be measured. */
export function Unmeasured({ n }: { n: number }) {
  const { t, formats } = useFigureWords();
  const { role } = useMe().user;
  const pages = useInfiniteQuery(unmeasuredQuery);
  const tickets = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const left = (pages.data?.pages[0]?.count ?? 0) - tickets.length;
  return (
    <div className="mt-3 rounded-md bg-sunken px-3 py-2">
      <p>
        <b className="text-due">{t('dashboard.unmeasured', { n })}</b>
      </p>
      <p className="mt-1 text-dense text-ink-2">{t('dashboard.unmeasured.any')}</p>
      <ul className="mt-1">
        {tickets.map(({ ticketId, subject, since }) => (
          <li
            key={ticketId}
            className="grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-1 last:border-0"
          >
            <Link to="/tickets/$ticket" params={{ ticket: String(ticketId) }} className="truncate text-ink">
              <span className="figures me-2 text-dense text-ink-3">#{ticketId}</span>
              <bdi>{subject || t('dashboard.items.untitled')}</bdi>
            </Link>
            <span className="figures text-dense text-ink-3">
              {t('dashboard.unmeasured.since', { time: formats.dateTime(since) })}
            </span>
          </li>
        ))}
      </ul>
      {pages.isError && <p className="text-dense text-late">{wordsOf(pages.error, t)}</p>}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()} className="mt-2">
          {t('dashboard.items.more', { n: left })}
        </Button>
      )}
      {role === 'admin' && (
        <p className="mt-1 text-dense">
          <Link to="/settings/jobs">{t('dashboard.unmeasured.why')}</Link>
        </p>
      )}
    </div>
  );
}
