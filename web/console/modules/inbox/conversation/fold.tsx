import { type ReactNode, useState } from 'react';
import { useText } from '../../../../ui/text.tsx';

/** What was said before, or a signature: there, but not in the way. */
export function Fold({ label, children }: { label: string; children: ReactNode }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="min-h-6 rounded-[4px] bg-sunken px-2 text-dense text-ink-3 hover:text-ink"
      >
        {t(open ? 'ticket.fold_close' : 'ticket.fold_open', { what: label })}
      </button>
      {open && <div className="mt-2 border-s-2 border-line ps-3 text-ink-2">{children}</div>}
    </div>
  );
}
