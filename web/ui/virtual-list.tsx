import { useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

type VirtualListProps<Item> = Omit<ComponentProps<'div'>, 'children'> & {
  items: readonly Item[];
  itemKey: (item: Item) => string | number;
  /** Height in px; rows of other heights are measured when they appear. */
  rowHeight: number;
  renderItem: (item: Item, index: number) => ReactNode;
  /** Kept in view as it changes (the row under the keyboard). */
  activeIndex?: number;
  /** Called when the last rows come near, to fetch more. */
  onNearEnd?: () => void;
};

/** Draws only the rows in sight. The caller gives the role and `tabIndex` through the rest. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, itemKey, rowHeight, renderItem, activeIndex, onNearEnd, className, ...rest } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => (items[index] === undefined ? index : itemKey(items[index])),
    overscan: 8,
  });
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, rows]);
  useEffect(() => {
    if (rowHeight > 0) rows.measure();
  }, [rowHeight, rows]);

  const drawn = rows.getVirtualItems();
  const nearEnd = (drawn.at(-1)?.index ?? 0) >= items.length - 10;
  useEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, onNearEnd]);

  return (
    <div ref={scroller} {...rest} className={cx('min-h-0 overflow-y-auto', className)}>
      <div role="presentation" className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {drawn.map((row) => (
          <div
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {items[row.index] !== undefined && renderItem(items[row.index] as Item, row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
