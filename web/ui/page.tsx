import type { ReactNode } from 'react';

/** A whole screen with a title: the head stays, the body scrolls. */
export function Page({
  title,
  meta,
  actions,
  children,
}: {
  title: string;
  meta?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 tablet:px-8">
        <h1 className="text-title">{title}</h1>
        {meta && <div className="text-dense text-ink-3">{meta}</div>}
        {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto scroll-pt-4 px-4 pt-0.5 pb-10 tablet:px-8">
        {children}
      </div>
    </div>
  );
}
