import type { ReactNode } from 'react';

/** One width and one place, so that states which follow each other do not jump. */
export const pageStateLook = 'mx-auto flex w-full max-w-sm flex-col items-start gap-2 px-5 py-12';

export const StateMark = () => <span aria-hidden="true" className="mb-1 block h-0.5 w-8 bg-ink-3" />;

/** What to do next: one sentence, one action. Where several reasons are possible, the caller says which. */
export function EmptyState({
  title,
  children,
  action,
  wholePage,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** For a page that holds nothing else. */
  wholePage?: boolean;
}) {
  const Heading = wholePage ? 'h1' : 'h2';
  return (
    <div className={pageStateLook}>
      <StateMark />
      <Heading className="text-title">{title}</Heading>
      {children && <p className="text-ink-2">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
