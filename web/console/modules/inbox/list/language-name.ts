import { isLocale, localeNames } from '../../../../../i18n/locales.ts';

/** A language by its name: the reader's own word for it, else the language's. Browsers have none for some. */
export function languageName(tag: string, locale: string): string {
  if (isLocale(tag)) return localeNames[tag];
  try {
    return new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
