import type { Messages } from '@lingui/core';
import type { Locale } from '../../i18n/locales.ts';

/** Parts of a catalogue that only some screens need; which areas each holds: i18n/vite-catalogue.ts. */
export type LazyArea = 'kpi' | 'settings' | 'auth' | 'requests' | 'start' | 'thread';
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
  settings: {
    en: () => import('virtual:catalogue/en/settings'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/settings'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/settings'),
    be: () => import('virtual:catalogue/be/settings'),
  },
  auth: {
    en: () => import('virtual:catalogue/en/auth'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/auth'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/auth'),
    be: () => import('virtual:catalogue/be/auth'),
  },
  requests: {
    en: () => import('virtual:catalogue/en/requests'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/requests'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/requests'),
    be: () => import('virtual:catalogue/be/requests'),
  },
  start: {
    en: () => import('virtual:catalogue/en/start'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/start'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/start'),
    be: () => import('virtual:catalogue/be/start'),
  },
  thread: {
    en: () => import('virtual:catalogue/en/thread'),
    'zh-CN': () => import('virtual:catalogue/zh-CN/thread'),
    'zh-TW': () => import('virtual:catalogue/zh-TW/thread'),
    be: () => import('virtual:catalogue/be/thread'),
  },
};

export async function fetchMessages(locale: Locale, areas: Iterable<LazyArea>): Promise<Messages> {
  const parts = [main[locale], ...[...areas].map((area) => lazy[area][locale])];
  const loaded = await Promise.all(parts.map((part) => part()));
  return Object.assign({}, ...loaded.map((part) => part.messages));
}
