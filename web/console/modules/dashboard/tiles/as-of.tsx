import { streamState } from '../../../../api/stream.ts';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { clockTime } from '../figure-words.ts';

/** Whether the line to the desk is cut, so that what is shown may be old. */
export const useStale = (): boolean => useStore(streamState).phase === 'stale';

/** The instant a figure holds for, on the desk's clock; while the line is cut, since when it may be old. */
export function AsOf({ at, timeZone, stale }: { at: string; timeZone: string; stale: boolean }) {
  const t = useText();
  const time = clockTime(at, timeZone);
  return (
    <time dateTime={at} title={timeZone} className="figures">
      {t(stale ? 'dashboard.last_updated' : 'dashboard.as_of', { time })}
    </time>
  );
}
