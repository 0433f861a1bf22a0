import type { Messages } from '@lingui/core';
import type { Locale } from '../../i18n/locales.ts';

export type LazyArea = 'kpi';
type Part = () => Promise<{ messages: Messages }>;

const main: Record<Locale, Part> = {
  en: () => import('virtual:catalogue/en/main'),
  'zh-CN': () => import('virtual:catalogue/zh-CN/main'),
  'zh-TW': () => import('virtual:catalogue/zh-TW/main'),
  be: () => import('virtual:catalogue/be/main'),
};

const lazy: Record<LazyArea, Record<Locale, Part>> = {
  kpi: {
    en: () => import('virtual:catalogue/en/kpi'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/kpi'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/kpi'),
    be: () => import('virtual:catalogue/be/kpi'),
  },
};

export async function fetchMessages(locale: Locale, areas: Iterable<LazyArea>): Promise<Messages> {
  const parts = [main[locale], ...[...areas].map((area) => lazy[area][locale])];
  const loaded = await Promise.all(parts.map((part) => part()));
  return Object.assign({}, ...loaded.map((part) => part.messages));
}
