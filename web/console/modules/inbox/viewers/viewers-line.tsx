import { Eye, PenLine } from 'lucide-react';
import { useCallback } from 'react';
import { Icon } from '../../../../ui/icon.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { announce } from '../announcer.tsx';
import { useViewers, type Viewer, viewerWords } from './viewers.ts';

/** Who else is here, over the box where an answer is written; it moves nothing when they come and go. */
export function ViewersLine({ ticketId }: { ticketId: number }) {
  const t = useText();
  const formats = useFormats();
  const speak = useCallback(
    (viewers: Viewer[]) => viewers.length > 0 && announce(viewerWords(viewers, t, formats)),
    [t, formats],
  );
  const viewers = useViewers(ticketId, speak);
  if (viewers.length === 0) return null;
  const words = viewerWords(viewers, t, formats);
  const writes = viewers.some((one) => one.writing !== null);
  return (
    <p
      title={words}
      className="absolute start-3 bottom-full mb-1.5 flex max-w-[calc(100%-24px)] animate-appear items-center gap-1.5 rounded-md bg-raised px-2 py-0.5 text-dense text-ink-2 inset-ring inset-ring-line"
    >
      <Icon of={writes ? PenLine : Eye} className={writes ? 'text-signal' : undefined} />
      <span className="truncate">{words}</span>
    </p>
  );
}
