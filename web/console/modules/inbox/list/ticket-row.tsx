import { Check } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { NarrowCells, WideCells } from './ticket-cells.tsx';

/** `widest` has room for every word; `wide` says the channel by its sign. */
export type RowLook = 'widest' | 'wide' | 'two-line' | 'one-line';

const isWide = (look: RowLook) => look === 'widest' || look === 'wide';

type TicketRowProps = {
  ticket: Ticket;
  /** By which it came in, where the rows differ in that. */
  inbox?: string;
  index: number;
  look: RowLook;
  height: number;
  active: boolean;
  open: boolean;
  selected: boolean;
  selecting: boolean;
  onOpen: (id: number) => void;
  onSelect: (id: number, range: boolean) => void;
};

/** A cell takes no focus: the grid holds it and names its active row. */
const cell = { role: 'gridcell' } as const;

export const rowId = (id: number): string => `ticket-row-${id}`;

/** One ticket of a list. The list holds the focus; a row is told by `aria-activedescendant`. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const { ticket, inbox, index, look, height, active, open, selected, onOpen, onSelect } = props;
  const click = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) onSelect(ticket.id, event.shiftKey);
    else onOpen(ticket.id);
  };
  // The keys of a row are the grid's, which holds the focus.
  const row = {
    role: 'row',
    tabIndex: -1,
    'aria-rowindex': index + 1,
    'aria-selected': selected,
    onClick: click,
  } as const;
  return (
    <div
      id={rowId(ticket.id)}
      {...row}
      aria-current={open || undefined}
      style={{ height }}
      className={cx(
        'group/row relative flex cursor-default items-center gap-3 ps-3 pe-4 text-dense outline-none select-none',
        selected ? 'bg-signal-well [--ink-3:var(--ink-2)]' : open ? 'bg-sunken' : 'hover:bg-sunken/60',
        active &&
          'before:absolute before:inset-y-1 before:start-0 before:w-0.75 before:rounded-full before:bg-signal',
      )}
    >
      <SelectCell {...props} />
      {isWide(look) ? (
        <WideCells ticket={ticket} inbox={inbox} roomy={look === 'widest'} high={height >= 56} />
      ) : (
        <NarrowCells
          ticket={ticket}
          inbox={inbox}
          two={look === 'two-line'}
          strong={selected || props.selecting}
        />
      )}
    </div>
  );
});

function SelectCell({ ticket, look, selected, selecting, onSelect }: TicketRowProps) {
  const t = useText();
  return (
    <span {...cell} className="-ms-1 grid size-6 shrink-0 place-items-center">
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={selected}
        aria-label={t('inbox.select', { subject: ticket.subject })}
        onClick={(event) => {
          event.stopPropagation();
          onSelect(ticket.id, event.shiftKey);
        }}
        className="group/check grid size-6 place-items-center"
      >
        <span
          className={cx(
            'size-4 place-items-center rounded-[4px] inset-ring group-hover/row:grid group-hover/check:grid pointer-coarse:grid',
            selected ? 'grid bg-signal text-signal-ink inset-ring-signal' : 'bg-raised inset-ring-edge',
            !selected && (selecting ? 'grid' : 'hidden'),
          )}
        >
          {selected && <Check size={12} strokeWidth={3} aria-hidden />}
        </span>
        {!selected && !selecting && !isWide(look) && (
          <StatusMark
            status={ticket.status}
            shapeOnly
            className="group-hover/row:hidden group-hover/check:hidden pointer-coarse:hidden"
          />
        )}
      </button>
    </span>
  );
}
