import { I18nProvider, Trans, useLingui } from '@lingui/react';
import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import { createFormats, type Formats, type Translate } from './formats.ts';
import { isolatedValues } from './isolate.ts';
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

/** One for each catalogue, so that what is remembered by it stays. */
const translates = new WeakMap<object, Translate>();

function isolating(translate: Translate): Translate {
  const known = translates.get(translate);
  if (known) return known;
  const made: Translate = (id, values) => translate(id, isolatedValues(values));
  translates.set(translate, made);
  return made;
}

/** Pass raw numbers as values: the message formats them. Words keep their own direction. */
export function useText(): Translate {
  return isolating(useLingui()._ as Translate);
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
  return <Trans id={id} values={isolatedValues(values)} components={tags} />;
}
