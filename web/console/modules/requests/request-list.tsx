import { useLingui } from '@lingui/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../api/error-words.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useText } from '../../../ui/text.tsx';
import { Time } from '../../../ui/time.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { requestsQuery } from './request-queries.ts';

/** Everything a customer has asked, with whose turn it is. */
export function RequestList() {
  const t = useText();
  const { i18n } = useLingui();
  usePageTitle(t('requests.title'));
  const list = useInfiniteQuery(requestsQuery);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isError && !list.data) {
    return (
      <ErrorState
        within
        what={t('requests.failed')}
        why={wordsOf(list.error, t)}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.data && items.length === 0) {
    return <EmptyState title={t('requests.empty')}>{t('requests.empty.text')}</EmptyState>;
  }
  return (
    <>
      <h1 className="mb-3 text-figure font-normal">{t('requests.title')}</h1>
      <ul>
        {items.map((ticket) => (
          <li key={ticket.id} className="border-b border-line py-3 last:border-0">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <Link
                to={`/hc/${i18n.locale}/requests/${ticket.id}`}
                className="min-w-0 flex-1 font-strong wrap-anywhere text-ink no-underline hover:underline"
              >
                <bdi>{ticket.subject || t('requests.untitled')}</bdi>
              </Link>
              <Time
                at={ticket.lastMessageAt ?? ticket.createdAt}
                as="nearby"
                className="text-dense text-ink-3"
              />
            </div>
            <p className="text-dense text-ink-2">
              {t(`requests.status.${ticket.status}`)} · <span className="figures">#{ticket.id}</span>
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className="mt-3">
          {t('requests.more')}
        </Button>
      )}
    </>
  );
}
