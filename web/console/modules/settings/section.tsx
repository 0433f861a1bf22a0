import type { ReactNode } from 'react';

/** One matter of the settings: what it is at the start, its controls beside it. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-3 border-t border-line pt-4 tablet:grid-cols-[14rem_minmax(0,1fr)]">
      <div>
        <h2 className="text-title">{title}</h2>
        {text && <p className="mt-1 text-dense text-ink-3">{text}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
