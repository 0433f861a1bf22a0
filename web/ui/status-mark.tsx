import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { useText } from './text.tsx';

export type TicketStatus = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';

const ring = <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;

/** A shape each, so that no status is told by colour. Filled means it is the desk's move. */
const shapes: Record<TicketStatus, { look: string; drawing: ReactNode }> = {
  new: { look: 'text-status-new', drawing: <path d="M6 0.5 11.5 6 6 11.5 0.5 6Z" fill="currentColor" /> },
  open: { look: 'text-status-open', drawing: <circle cx="6" cy="6" r="5.5" fill="currentColor" /> },
  pending: {
    look: 'text-ink-2',
    drawing: (
      <>
        {ring}
        <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5Z" fill="currentColor" />
      </>
    ),
  },
  on_hold: {
    look: 'text-ink-2',
    drawing: (
      <>
        {ring}
        <path d="M4.75 4v4M7.25 4v4" stroke="currentColor" strokeWidth="1.4" />
      </>
    ),
  },
  solved: {
    look: 'text-ink-2',
    drawing: <path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  },
  closed: {
    look: 'text-ink-3',
    drawing: (
      <rect
        x="1.25"
        y="1.25"
        width="9.5"
        height="9.5"
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    ),
  },
};

/** Shape, colour and word; `shapeOnly` keeps the word for screen readers. */
export function StatusMark({
  status,
  shapeOnly,
  className,
}: {
  status: TicketStatus;
  shapeOnly?: boolean;
  className?: string;
}) {
  const t = useText();
  const { look, drawing } = shapes[status];
  const word = t(`ui.status.${status}`);
  return (
    <span
      className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', look, className)}
      title={shapeOnly ? word : undefined}
    >
      <svg viewBox="0 0 12 12" width="12" height="12" className="shrink-0" aria-hidden="true">
        {drawing}
      </svg>
      <span className={shapeOnly ? 'sr-only' : 'truncate'}>{word}</span>
    </span>
  );
}
