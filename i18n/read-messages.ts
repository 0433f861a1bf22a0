import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Locale } from './locales.ts';

export type Messages = Record<string, string>;

const partsFolder = new URL('./parts/', import.meta.url);

/**
 * Every message of one locale as written, by area: the word its ids begin with. An area is a file in the
 * folder of the locale, or, for long texts that are translated side by side, `parts/<area>.<locale>.json`.
 */
export function readMessages(locale: Locale): Map<string, Messages> {
  const folder = new URL(`./${locale}/`, import.meta.url);
  return new Map([...readFolder(folder, '.json'), ...readFolder(partsFolder, `.${locale}.json`)]);
}

function readFolder(folder: URL, ending: string): [string, Messages][] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  return files.sort().map((name) => [name.slice(0, -ending.length), readFile(new URL(name, folder))]);
}

function readFile(file: URL): Messages {
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}
