import { isLocale, type Locale, matchLocale } from '../../i18n/locales.ts';
import { createStore, useStore } from './store.ts';

export type Theme = 'system' | 'light' | 'dark' | 'contrast';
export type Density = 'comfortable' | 'compact' | 'dense';

/** What a person chose for this browser. */
export type Preferences = {
  theme: Theme;
  density: Density;
  singleKeys: boolean;
  /** Null follows the browser until someone chooses or signs in. */
  locale: Locale | null;
};

const key = 'firstline.preferences';
const standard: Preferences = { theme: 'system', density: 'compact', singleKeys: true, locale: null };

export const preferences = createStore<Preferences>(readStored());

export const usePreferences = (): Preferences => useStore(preferences);

export function prefer(change: Partial<Preferences>): void {
  preferences.set((now) => ({ ...now, ...change }));
  showPreferences();
  try {
    localStorage.setItem(key, JSON.stringify(preferences.get()));
  } catch {
    // A browser that stores nothing still obeys until it is closed.
  }
}

/** Puts theme and density where the style sheet reads them. */
export function showPreferences(): void {
  const { theme, density } = preferences.get();
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
}

export const preferredLocale = (): Locale =>
  preferences.get().locale ?? matchLocale(navigator.languages ?? [navigator.language]);

function readStored(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
    return { ...standard, ...stored, locale: isLocale(stored.locale) ? stored.locale : null };
  } catch {
    return standard;
  }
}
