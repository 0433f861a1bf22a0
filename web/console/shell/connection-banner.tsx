import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { streamState } from '../../api/stream.ts';
import { Icon } from '../../ui/icon.tsx';
import { useStore } from '../../ui/store.ts';
import { useFormats, useText } from '../../ui/text.tsx';

/** Says when what is on screen may be old, and since when. */
export function ConnectionBanner() {
  const t = useText();
  const formats = useFormats();
  const online = useOnline();
  const { phase, heardAt } = useStore(streamState);
  const words = !online
    ? 'shell.offline'
    : phase === 'stale' && heardAt !== null
      ? 'shell.reconnecting'
      : undefined;
  return (
    <div role="status" aria-live="polite">
      {words && (
        <p className="flex items-center gap-2 bg-due-well px-4 py-1.5 text-dense tablet:px-8">
          <Icon of={WifiOff} className="text-due" />
          {t(words, {
            since: heardAt === null ? 'none' : 'known',
            time: heardAt === null ? '' : formats.time(heardAt),
          })}
        </p>
      )}
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}
