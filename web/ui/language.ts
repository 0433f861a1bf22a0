import { setupI18n } from '@lingui/core';
import { directionOf, intlLocales, type Locale } from '../../i18n/locales.ts';
import { loadCjkFonts } from './fonts.ts';
import { fetchMessages, type LazyArea } from './messages.ts';

export const i18n = setupI18n();

const areas = new Set<LazyArea>();

/** Loads a language and turns the page to it; the old one stays on screen until the new one is here. */
export async function speak(locale: Locale): Promise<void> {
  const messages = await fetchMessages(locale, areas);
  i18n.load(locale, messages);
  i18n.activate(locale, intlLocales[locale]);
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
  loadCjkFonts(locale);
}

/** For areas whose texts are long: called in a route's loader, kept when the language changes. */
export async function needTexts(area: LazyArea): Promise<void> {
  if (areas.has(area)) return;
  areas.add(area);
  try {
    await speak(i18n.locale as Locale);
  } catch (error) {
    areas.delete(area);
    throw error;
  }
}
