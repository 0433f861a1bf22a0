import { useQuery } from '@tanstack/react-query';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { useText } from '../../../../ui/text.tsx';
import { openPicker } from '../acts/open-picker.ts';
import { type Page, viewsQuery } from '../desk-queries.ts';
import { countHiding } from '../filters.ts';
import { LazyFirstSteps } from '../first-steps/lazy-first-steps.tsx';
import type { Address } from '../use-address.ts';

/** Which kind of empty: nothing ever came, a filter hides it, or the work is done. */
export function ListEmpty({ address }: { address: Address }) {
  const t = useText();
  const { data: counts } = useQuery(viewsQuery);
  if (!counts) return null;
  if (countHiding(address.filters) > 0) {
    return (
      <EmptyState
        title={t('inbox.empty.filtered')}
        action={<Button onClick={address.clearFilters}>{t('inbox.empty.clear')}</Button>}
      >
        {t('inbox.empty.filtered.text', { n: counts[address.view] })}
      </EmptyState>
    );
  }
  if (counts.all === 0) {
    return (
      <div className="overflow-y-auto">
        <EmptyState
          title={t('inbox.empty.never')}
          action={<Button onClick={() => openPicker.set('new-ticket')}>{t('inbox.new_ticket')}</Button>}
        >
          {t('inbox.empty.never.text')}
        </EmptyState>
        <div className="mx-auto max-w-sm px-2 pb-6">
          <LazyFirstSteps className="bg-sunken" />
        </div>
      </div>
    );
  }
  return <AllDone address={address} waitingElsewhere={counts.unassigned} />;
}

function AllDone({ address, waitingElsewhere }: { address: Address; waitingElsewhere: number }) {
  const t = useText();
  const { data: solved } = useQuery({
    queryKey: ['solved-lately'],
    queryFn: () =>
      request<Page<{ solvedAt: string | null }>>('GET', '/tickets', {
        query: { view: 'solved', sort: 'solved', limit: 100 },
      }),
  });
  const dayAgo = Date.now() - 86_400_000;
  const n = solved?.items.filter((one) => one.solvedAt && Date.parse(one.solvedAt) > dayAgo).length ?? 0;
  const action =
    address.view !== 'unassigned' && waitingElsewhere > 0 ? (
      <Button onClick={() => address.openView('unassigned')}>
        {t('inbox.empty.take', { n: waitingElsewhere })}
      </Button>
    ) : undefined;
  return (
    <EmptyState title={t(`inbox.empty.${address.view}`)} action={action}>
      {n > 0 && t('inbox.empty.solved_lately', { n })}
    </EmptyState>
  );
}
