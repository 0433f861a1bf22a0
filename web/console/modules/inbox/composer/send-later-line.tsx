import { useText } from '../../../../ui/text.tsx';

/** That sending was asked for and waits for files, and the way back. */
export function SendLaterLine({ onDrop }: { onDrop: () => void }) {
  const t = useText();
  return (
    <p role="status" className="flex flex-wrap items-baseline gap-x-3 py-1 text-dense text-ink-2">
      {t('ticket.send_later')}
      <button
        type="button"
        onClick={onDrop}
        className="min-h-6 text-signal underline-offset-3 hover:underline"
      >
        {t('ui.cancel')}
      </button>
    </p>
  );
}
