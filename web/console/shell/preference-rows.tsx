import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { type Locale, localeNames, locales } from '../../../i18n/locales.ts';
import { type Density, prefer, type Theme, usePreferences } from '../../ui/preferences.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { useText } from '../../ui/text.tsx';
import { chooseLocale } from './locale.ts';

const themes: Theme[] = ['system', 'light', 'dark', 'contrast'];
const densities: Density[] = ['comfortable', 'compact', 'dense'];
const languages = locales.map((value) => ({ value, label: localeNames[value], lang: value }));

/** Theme, density and language, wherever they are offered. */
export function PreferenceRows() {
  const t = useText();
  const { theme, density } = usePreferences();
  const { i18n } = useLingui();
  const themeOptions = themes.map((value) => ({ value, label: t(`shell.theme.${value}.short`) }));
  const densityOptions = densities.map((value) => ({ value, label: t(`shell.density.${value}`) }));
  return (
    <div className="grid max-w-sm gap-4">
      <Row label={t('shell.theme')}>
        <Segmented
          label={t('shell.theme')}
          value={theme}
          onChange={(next) => prefer({ theme: next })}
          options={themeOptions}
        />
      </Row>
      <Row label={t('shell.density')}>
        <Segmented
          label={t('shell.density')}
          value={density}
          onChange={(next) => prefer({ density: next })}
          options={densityOptions}
        />
      </Row>
      <Select
        label={t('shell.language')}
        value={i18n.locale as Locale}
        onChange={(locale) => void chooseLocale(locale)}
        options={languages}
      />
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-1">
      <span className="text-dense font-strong text-ink-2">{label}</span>
      {children}
    </div>
  );
}
