import { type I18n, setupI18n } from '@lingui/core';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { fallbackLocale, intlLocales, type Locale } from './locales.ts';
import { readMessages } from './read-messages.ts';

export type MessageValues = Record<string, unknown>;

const loaded = new Map<Locale, I18n>();

/** The compiled catalogue of a locale for texts made by the server; read once per process. */
function loadCatalogue(locale: Locale): I18n {
  const known = loaded.get(locale);
  if (known) return known;
  const catalogue = setupI18n();
  catalogue.load(locale, Object.fromEntries(compiledMessages(locale)));
  catalogue.activate(locale, intlLocales[locale]);
  loaded.set(locale, catalogue);
  return catalogue;
}

/** One message in one language; the English text, and last the id itself, when it is missing there. */
export function format(locale: Locale, id: string, values: MessageValues = {}): string {
  const catalogue = loadCatalogue(locale);
  if (id in catalogue.messages) return catalogue._(id, values);
  return locale === fallbackLocale ? id : format(fallbackLocale, id, values);
}

function* compiledMessages(locale: Locale) {
  for (const messages of readMessages(locale).values()) {
    for (const [id, message] of Object.entries(messages)) yield [id, compileMessageOrThrow(message)] as const;
  }
}
