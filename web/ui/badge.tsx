import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A word set apart: tags, channel, VIP. Carries no colour of its own. */
export function Badge({
  children,
  title,
  className,
}: {
  children: ReactNode;
  title?: string;
  className?: string;
}) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex max-w-40 items-center gap-1 truncate rounded-[4px] bg-sunken px-1.5 text-dense leading-5 text-ink-2',
        className,
      )}
    >
      {children}
    </span>
  );
}
