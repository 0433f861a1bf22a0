import type { ReactNode } from 'react';

/** One line above the conversation, with what can be done about it. */
export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line bg-sunken px-3 py-1.5 text-dense text-ink-2 tablet:px-5">
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}
