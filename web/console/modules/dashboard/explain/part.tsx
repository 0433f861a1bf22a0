import type { ReactNode } from 'react';

/** One question about a figure and its answer. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-3 only:border-t-0">
      <h3 className="mb-1.5 text-dense text-ink-2">{title}</h3>
      {children}
    </section>
  );
}
