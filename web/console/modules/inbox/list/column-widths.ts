import { useMemo } from 'react';
import { useFormats, useText } from '../../../../ui/text.tsx';

const hour = 3600;
const letterPx = 6.8;
const hanPx = 13.5;
const signPx = 20;

/** Room for the longest words of a countdown and of a wait in this language, which differ by half. */
export function useColumnWidths(): Record<'--promise' | '--wait', string> {
  const t = useText();
  const formats = useFormats();
  return useMemo(() => {
    const late = t('ui.promise.late', { wait: formats.duration(36 * hour) });
    const left = t('ui.promise.running', { wait: formats.duration(22 * hour + 1440) });
    const wait = t('inbox.waits', { wait: formats.duration(24 * hour, 1) });
    return {
      '--promise': `${Math.max(widthOf(late), widthOf(left)) + signPx}px`,
      '--wait': `${Math.max(widthOf(wait), widthOf(t('inbox.waits', { wait: formats.duration(23 * hour, 1) })))}px`,
    };
  }, [t, formats]);
}

const widthOf = (words: string): number =>
  Math.ceil([...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? hanPx : letterPx), 0));
