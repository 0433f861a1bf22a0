import { useMemo } from 'react';
import { useFormats, useText } from '../../../../ui/text.tsx';

const hour = 3600;
const letterPx = 6.8;
const hanPx = 13.5;
const signPx = 20;

/** Room for the longest words of a countdown and of a wait in this language, which differ by half. */
export function useColumnWidths(): Record<'--promise' | '--wait' | '--changed', string> {
  const t = useText();
  const formats = useFormats();
  return useMemo(() => {
    const late = t('ui.promise.late', { wait: formats.duration(36 * hour) });
    const left = t('ui.promise.running', { wait: formats.duration(22 * hour + 1440) });
    const waits = [23, 24 * 11].flatMap((hours) => {
      const time = formats.duration(hours * hour, 1);
      return [t('inbox.waits', { wait: time }), t('inbox.old', { age: time })];
    });
    // A day of two figures in a month of two: it has the widest of all short dates.
    const changed = formats.date('2026-11-28T12:00:00Z', 'dayMonth');
    return {
      '--promise': `${Math.max(widthOf(late), widthOf(left)) + signPx}px`,
      '--wait': `${Math.max(...waits.map(widthOf))}px`,
      '--changed': `${Math.max(48, widthOf(changed))}px`,
    };
  }, [t, formats]);
}

const widthOf = (words: string): number =>
  Math.ceil([...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? hanPx : letterPx), 0));
