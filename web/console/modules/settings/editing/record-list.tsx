import type { UseQueryResult } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { useText } from '../../../../ui/text.tsx';

type RecordListProps<Item> = {
  query: Pick<UseQueryResult<Item[]>, 'data' | 'error' | 'isError' | 'refetch'>;
  keyOf: (item: Item) => string | number;
  row: (item: Item, index: number) => ReactNode;
  empty: string;
  add?: { label: string; onAdd: () => void };
};

/** The records of one kind, and the way to another one. */
export function RecordList<Item>({ query, keyOf, row, empty, add }: RecordListProps<Item>) {
  const t = useText();
  if (query.isError && !query.data) {
    return (
      <ErrorState
        within
        what={t('settings.failed')}
        why={wordsOf(query.error, t)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div>
      {query.data?.length === 0 && <p className="mb-3 text-ink-2">{empty}</p>}
      {add && query.data && (
        <Button icon={Plus} onClick={add.onAdd} className="mb-2">
          {add.label}
        </Button>
      )}
      <ul>
        {query.data?.map((item, index) => (
          <li key={keyOf(item)} className="border-b border-line last:border-0">
            {row(item, index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A record as a line that opens it. */
export function RecordRow({
  name,
  meta,
  mark,
  onOpen,
}: {
  name: string;
  meta?: ReactNode;
  mark?: ReactNode;
  onOpen?: () => void;
}) {
  return (
    <div className="flex min-h-13 items-center gap-3 py-1.5">
      <div className="grid min-w-0 flex-1 justify-items-start gap-0.5 wrap-anywhere">
        {onOpen ? (
          <button
            type="button"
            onClick={onOpen}
            className="min-h-6 text-start font-strong underline-offset-3 hover:underline"
          >
            <bdi>{name}</bdi>
          </button>
        ) : (
          <bdi className="font-strong">{name}</bdi>
        )}
        {meta && <span className="text-dense text-ink-3">{meta}</span>}
      </div>
      {mark && <span className="flex shrink-0 items-center gap-2">{mark}</span>}
    </div>
  );
}
