export const locales = ['en', 'zh-CN', 'zh-TW', 'be'] as const;
export type Locale = (typeof locales)[number];
export const fallbackLocale: Locale = 'en';

/** Each language named in itself, for switches that a reader of another language must find. */
export const localeNames: Record<Locale, string> = {
  en: 'English',
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  be: 'Беларуская',
};

/**
 * What Intl is asked for. Chromium carries plural rules but no number or date patterns for Belarusian;
 * Russian writes numbers the same way, and dates are ours (web/ui/dates.ts).
 */
export const intlLocales: Record<Locale, string[]> = {
  en: ['en'],
  'zh-CN': ['zh-CN'],
  'zh-TW': ['zh-TW'],
  be: ['be', 'ru'],
};

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

const traditionalRegions = new Set(['TW', 'HK', 'MO']);

/** The first wanted language tag that a catalogue exists for, else the fallback. */
export function matchLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const { language, script, region } = parseTag(tag);
    if (language === 'zh') return script === 'Hant' || traditionalRegions.has(region) ? 'zh-TW' : 'zh-CN';
    if (isLocale(language)) return language;
  }
  return fallbackLocale;
}

function parseTag(tag: string) {
  const [language = '', ...rest] = tag.replaceAll('_', '-').split('-');
  const script = rest.find((part) => part.length === 4) ?? '';
  const region = rest.find((part) => part.length === 2) ?? '';
  return { language: language.toLowerCase(), script, region: region.toUpperCase() };
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

export function directionOf(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.has(parseTag(tag).language) ? 'rtl' : 'ltr';
}
