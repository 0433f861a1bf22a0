import type { Locale } from '../../i18n/locales.ts';
import { whenIdle } from './when-idle.ts';

export const cjkFaces = {
  simplified: () => import('@fontsource-variable/noto-sans-sc/wght.css'),
  traditional: () => import('@fontsource-variable/noto-sans-tc/wght.css'),
};

/**
 * The Chinese faces are hundreds of small ranges (30 kB of rules each). The reader's own script comes at
 * once, the other when the page is idle: customers write in scripts that the agent's screen does not use.
 */
export function loadCjkFonts(locale: Locale): void {
  const first = locale === 'zh-TW' ? cjkFaces.traditional : cjkFaces.simplified;
  const second = locale === 'zh-TW' ? cjkFaces.simplified : cjkFaces.traditional;
  if (locale.startsWith('zh')) void first();
  else whenIdle(first);
  whenIdle(second);
}
