import { Check } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { cx } from '../../../../ui/cx.ts';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { TicketPromise, TicketWait } from './row-promise.tsx';
import { TagLine } from './tag-line.tsx';

export type RowLook = 'wide' | 'two-line' | 'one-line';

type TicketRowProps = {
  ticket: Ticket;
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
  const { ticket, index, look, height, active, open, selected, onOpen, onSelect } = props;
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
        selected ? 'bg-signal-well' : open ? 'bg-sunken' : 'hover:bg-sunken/60',
        active &&
          'before:absolute before:inset-y-1 before:start-0 before:w-0.75 before:rounded-full before:bg-signal',
      )}
    >
      <SelectCell {...props} />
      {look === 'wide' ? <WideCells {...props} /> : <NarrowCells {...props} />}
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
        {!selected && !selecting && look !== 'wide' && (
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

const firstLine = (text: string) => text || '—';

function WideCells({ ticket, height }: TicketRowProps) {
  const t = useText();
  return (
    <>
      <span {...cell} className="w-24 shrink-0 truncate">
        <StatusMark status={ticket.status} className="max-w-full" />
      </span>
      <span {...cell} className="flex min-w-0 flex-1 items-center gap-3">
        <span className={cx('min-w-0 flex-1', height < 56 ? 'flex items-baseline gap-2' : 'leading-5')}>
          <bdi className={cx('block truncate text-body', height < 56 && 'max-w-[70%] shrink-0')}>
            {ticket.subject}
          </bdi>
          <bdi className="block min-w-0 truncate text-ink-3">{firstLine(ticket.preview)}</bdi>
        </span>
        <TagLine tags={ticket.tags} />
      </span>
      <span {...cell} className="w-32 shrink-0 truncate">
        <bdi>{ticket.requesterName}</bdi>
      </span>
      <span {...cell} className="w-18 shrink-0 truncate">
        <ChannelMark channel={ticket.channel} />
      </span>
      <span {...cell} className="flex w-30 shrink-0 items-center gap-1.5">
        {ticket.assigneeName === null ? (
          <span className="text-ink-3">{t('ticket.nobody')}</span>
        ) : (
          <>
            <Avatar name={ticket.assigneeName} size="small" />
            <bdi className="truncate">{ticket.assigneeName}</bdi>
          </>
        )}
      </span>
      <span {...cell} className="figures w-20 shrink-0 truncate text-ink-2">
        <TicketWait ticket={ticket} />
      </span>
      <span {...cell} className="w-32 shrink-0 truncate">
        {ticket.dueAt !== null && <TicketPromise ticket={ticket} />}
      </span>
      <span {...cell} className="w-12 shrink-0 truncate text-end text-ink-3">
        <Time at={ticket.updatedAt} as="nearby" />
      </span>
    </>
  );
}

function NarrowCells({ ticket, look, selecting, selected }: TicketRowProps) {
  const t = useText();
  const two = look === 'two-line';
  return (
    <span {...cell} className="min-w-0 flex-1 leading-4.5">
      <span className="flex items-center gap-2">
        <bdi className="min-w-0 flex-1 truncate">{ticket.subject}</bdi>
        {!two && ticket.assigneeName !== null && <Avatar name={ticket.assigneeName} size="small" />}
        <TicketPromise ticket={ticket} className="figures shrink-0 text-ink-3" />
        {ticket.waitingSince === null && ticket.dueAt === null && (
          <Time at={ticket.updatedAt} as="nearby" className="shrink-0 text-ink-3" />
        )}
      </span>
      {two && (
        <span className="flex items-center gap-1.5 text-ink-3">
          <span className={cx('shrink-0', (selecting || selected) && 'font-strong')}>
            {t(`ui.status.${ticket.status}`)}
          </span>
          <span aria-hidden="true">·</span>
          <bdi className="min-w-0 flex-1 truncate">
            <span className="text-ink-2">{ticket.requesterName}</span> {firstLine(ticket.preview)}
          </bdi>
          <ChannelMark channel={ticket.channel} iconOnly />
          {ticket.assigneeName !== null && (
            <span title={ticket.assigneeName} className="inline-flex">
              <Avatar name={ticket.assigneeName} size="small" />
              <span className="sr-only">{ticket.assigneeName}</span>
            </span>
          )}
        </span>
      )}
    </span>
  );
}
