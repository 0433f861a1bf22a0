import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { type Locale, locales } from './locales.ts';
import { readMessages } from './read-messages.ts';

const prefix = 'virtual:catalogue/';

/** Areas too long to load before the first screen; a console module names the ones it needs. */
const lazyAreas = ['kpi'];

/** `virtual:catalogue/<locale>/<part>`: compiled messages, where part is `main` or a lazy area. */
export function catalogue(): Plugin {
  return {
    name: 'firstline-catalogue',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const [locale, part] = id.slice(prefix.length + 1).split('/') as [Locale, string];
      return moduleOf(compilePart(locale, part));
    },
    configureServer(server) {
      server.watcher.add(locales.map((locale) => new URL(`./${locale}`, import.meta.url).pathname));
    },
  };
}

function compilePart(locale: Locale, part: string) {
  const compiled: Record<string, unknown> = {};
  for (const [area, messages] of readMessages(locale)) {
    if (part !== (lazyAreas.includes(area) ? area : 'main')) continue;
    for (const [id, message] of Object.entries(messages)) compiled[id] = compileMessageOrThrow(message);
  }
  return compiled;
}

/** Engines parse a JSON string faster than the same object literal. */
function moduleOf(messages: Record<string, unknown>): string {
  return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
}
