import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { wordsOf } from '../../../api/error-words.ts';
import { refreshOn } from '../../../api/live.ts';
import { request } from '../../../api/request.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useText } from '../../../ui/text.tsx';

type Page<Item> = { items: Item[]; nextCursor: string | null };
type Query = Record<string, string | number | undefined>;

type PagedListProps<Item> = {
  name: string;
  path: string;
  query?: Query;
  keyOf: (item: Item) => number;
  row: (item: Item) => ReactNode;
  empty: string;
  /** Events after which the list is read again. */
  events?: readonly string[];
  /** While one of them is, the list is read again now and then: the way out of that state no event tells. */
  isMoving?: (item: Item) => boolean;
};

const movingMs = 5000;
const noEvents: readonly string[] = [];

/** A long list, a page at a time; old rows stay while new ones are fetched. */
export function PagedList<Item>(props: PagedListProps<Item>) {
  const { name, path, query = {}, keyOf, row, empty, events = noEvents, isMoving } = props;
  const t = useText();
  useEffect(() => {
    const stops = events.map((type) => refreshOn(type, ['settings', name]));
    return () => {
      for (const stop of stops) stop();
    };
  }, [events, name]);
  const list = useInfiniteQuery<Page<Item>, Error, InfiniteData<Page<Item>>, unknown[], string | undefined>({
    queryKey: ['settings', name, query],
    queryFn: ({ pageParam, signal }) =>
      request<Page<Item>>('GET', path, { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: ({ state: { data } }) =>
      isMoving && data?.pages.some((page) => page.items.some(isMoving)) ? movingMs : false,
  });
  if (list.isError && !list.data) {
    return (
      <ErrorState
        within
        what={t('settings.failed')}
        why={wordsOf(list.error, t)}
        onRetry={() => void list.refetch()}
      />
    );
  }
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div>
      {list.data && items.length === 0 && <p className="text-ink-2">{empty}</p>}
      <ul>
        {items.map((item) => (
          <li key={keyOf(item)} className="border-b border-line py-2 last:border-0">
            {row(item)}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className="mt-3">
          {t('settings.more')}
        </Button>
      )}
    </div>
  );
}
