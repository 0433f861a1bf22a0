import { I18nProvider, Trans, useLingui } from '@lingui/react';
import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import { createFormats, type Formats, type Translate } from './formats.ts';
import { i18n } from './language.ts';

const ZoneContext = createContext('UTC');

/** Gives every text below its language and every instant the desk's zone. */
export function TextProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <ZoneContext value={timeZone}>{children}</ZoneContext>
    </I18nProvider>
  );
}

/** Pass raw numbers as values: the message formats them. */
export function useText(): Translate {
  return useLingui()._ as Translate;
}

export function useFormats(): Formats {
  const { i18n: current, _ } = useLingui();
  const timeZone = useContext(ZoneContext);
  const locale = current.locale as Locale;
  // The translator is new whenever the language or its catalogue changes.
  return useMemo(() => createFormats(locale, timeZone, _ as Translate), [locale, timeZone, _]);
}

type TProps = {
  id: string;
  values?: Record<string, unknown>;
  /** Elements for tags in the message: `"Ask <admin>an admin</admin>"` with `{ admin: <a …/> }`. */
  tags?: Record<string, ReactElement>;
};

export function T({ id, values, tags }: TProps) {
  return <Trans id={id} values={values} components={tags} />;
}
