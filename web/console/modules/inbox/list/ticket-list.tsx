import {
  type CSSProperties,
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { cx } from '../../../../ui/cx.ts';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { LoadingBar } from '../../../../ui/loading-bar.tsx';
import { type Density, usePreferences } from '../../../../ui/preferences.ts';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { useWide } from '../../../../ui/use-wide.ts';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import type { Acts } from '../acts/use-acts.ts';
import { goInto } from '../focus.ts';
import type { Address } from '../use-address.ts';
import { useColumnWidths } from './column-widths.ts';
import { ListEmpty } from './list-empty.tsx';
import { ListHead } from './list-head.tsx';
import { cursor, selection, selectRange, toggleSelected } from './selection.ts';
import { type RowLook, rowId, TicketRow } from './ticket-row.tsx';
import { useInboxNames } from './use-inbox-names.ts';
import type { TicketList as List } from './use-ticket-list.ts';

const oneLine: Record<Density, number> = { comfortable: 56, compact: 40, dense: 32 };
/** Beside a conversation a row has two lines, which need room to be told apart. */
const twoLines: Record<Density, number> = { comfortable: 60, compact: 50, dense: 32 };
const wideFrom = 940;
const widestFrom = 1280;

const ring =
  'has-[#ticket-list:focus-visible]:after:pointer-events-none has-[#ticket-list:focus-visible]:after:absolute has-[#ticket-list:focus-visible]:after:inset-0 has-[#ticket-list:focus-visible]:after:outline-2 has-[#ticket-list:focus-visible]:after:-outline-offset-2 has-[#ticket-list:focus-visible]:after:outline-signal';
const touchHeight = 60;
const keyOf = (ticket: Ticket) => ticket.id;

/** Nothing is chosen when a list first shows; by the first choice it is here (`inbox-page.tsx`). */
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }));

type TicketListProps = { address: Address; list: List; acts: Acts; onViews: () => void };

/** The rows of a view: a grid whose focus stays on itself while its active row moves. */
export function TicketList({ address, list, acts, onViews }: TicketListProps) {
  const t = useText();
  const { query, items } = list;
  const { ids } = useStore(selection);
  const [pane, width] = useWidth();
  return (
    <section
      ref={pane}
      id="ticket-list-pane"
      data-resting
      tabIndex={-1}
      style={useColumnWidths() as CSSProperties}
      aria-label={t(`inbox.view.${address.view}`)}
      className="relative flex h-full flex-col bg-raised outline-none"
    >
      <LoadingBar active={query.isFetching && (query.isPending || query.isPlaceholderData)} />
      <ListHead address={address} first={items[0]} onViews={onViews} />
      {query.isError && items.length === 0 ? (
        <ErrorState
          what={t('inbox.list_failed')}
          why={wordsOf(query.error, t)}
          onRetry={() => void query.refetch()}
        />
      ) : items.length === 0 ? (
        !query.isPending && <ListEmpty address={address} />
      ) : (
        <Rows address={address} list={list} width={width} />
      )}
      <Suspense>{ids.size > 0 && <BulkBar list={list} acts={acts} ids={ids} />}</Suspense>
    </section>
  );
}

function Rows({ address, list, width }: { address: Address; list: List; width: number }) {
  const t = useText();
  const { items, index, currentId, query } = list;
  const look = useLook(width);
  const inboxes = useInboxNames(address.filters.inbox);
  const { ids } = useStore(selection);
  const latest = useRef({ address, list });
  latest.current = { address, list };
  const open = useCallback((id: number) => {
    cursor.set(id);
    goInto(latest.current.address, id);
  }, []);
  const select = useCallback((id: number, range: boolean) => {
    if (range) selectRange(latest.current.list.order, id);
    else toggleSelected(id);
    cursor.set(id);
  }, []);
  const more = useCallback(() => {
    const { hasNextPage, isFetching, fetchNextPage } = latest.current.list.query;
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, []);
  return (
    // The ring of the focus lies over the rows, which would otherwise cover it.
    <div className={cx('relative flex min-h-0 flex-1 flex-col', ring)}>
      <VirtualList
        items={items}
        itemKey={keyOf}
        rowHeight={look.height}
        activeIndex={index}
        onNearEnd={more}
        id="ticket-list"
        role="grid"
        tabIndex={0}
        aria-label={t('inbox.list', { view: t(`inbox.view.${address.view}`) })}
        aria-rowcount={query.hasNextPage ? -1 : items.length}
        aria-multiselectable
        aria-activedescendant={currentId === null ? undefined : rowId(currentId)}
        onKeyDown={(event) => pressed(event, list, open)}
        className="flex-1 outline-none"
        renderItem={(ticket, at) => (
          <TicketRow
            ticket={ticket}
            inbox={inboxes?.get(ticket.inboxId ?? 0)}
            index={at}
            look={look.name}
            height={look.height}
            active={ticket.id === currentId}
            open={ticket.id === address.ticketId}
            selected={ids.has(ticket.id)}
            selecting={ids.size > 0}
            onOpen={open}
            onSelect={select}
          />
        )}
      />
    </div>
  );
}

/** Keys that belong to the list alone, because elsewhere they scroll or press. */
function pressed(event: KeyboardEvent, list: List, open: (id: number) => void) {
  if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const id = list.currentId;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const from = id;
    const next = list.move(event.key === 'ArrowDown' ? 1 : -1);
    if (event.shiftKey && next !== undefined) extendSelection(list.order, from, next);
  } else if (event.key === 'Enter' && id !== null) open(id);
  else if (event.key === ' ' && id !== null) toggleSelected(id);
  else return;
  event.preventDefault();
}

export function extendSelection(order: readonly number[], from: number | null, to: number): void {
  if (from !== null && selection.get().ids.size === 0) toggleSelected(from);
  selectRange(order, to);
}

function useLook(width: number): { name: RowLook; height: number } {
  const { density } = usePreferences();
  const tablet = useWide('tablet');
  if (!tablet) return { name: 'two-line', height: touchHeight };
  if (width >= widestFrom) return { name: 'widest', height: oneLine[density] };
  if (width >= wideFrom) return { name: 'wide', height: oneLine[density] };
  return { name: density === 'dense' ? 'one-line' : 'two-line', height: twoLines[density] };
}

function useWidth() {
  const [width, setWidth] = useState(() => window.innerWidth);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    if (element.current) seen.observe(element.current);
    return () => seen.disconnect();
  }, []);
  return [element, width] as const;
}
