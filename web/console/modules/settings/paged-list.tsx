import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { wordsOf } from '../../../api/error-words.ts';
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
  /** While one of them is, the list is read again and again. */
  isMoving?: (item: Item) => boolean;
};

const movingMs = 2000;

/** A long list, a page at a time; old rows stay while new ones are fetched. */
export function PagedList<Item>(props: PagedListProps<Item>) {
  const { name, path, query = {}, keyOf, row, empty, isMoving } = props;
  const t = useText();
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
