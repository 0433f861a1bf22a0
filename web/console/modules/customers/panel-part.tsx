import type { ReactNode } from 'react';

/** One matter of the panel under its small heading. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-3 first:border-0 first:pt-0">
      <h3 className="mb-1.5 text-dense font-normal text-ink-3">{title}</h3>
      {children}
    </section>
  );
}
