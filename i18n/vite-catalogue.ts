import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { type Locale, locales } from './locales.ts';
import { readMessages } from './read-messages.ts';

const prefix = 'virtual:catalogue/';

/** Texts that no first screen says, by the part that brings them; a route names the part it needs. */
const parts: Record<string, string> = {
  kpi: 'kpi',
  dashboard: 'kpi',
  chart: 'kpi',
  settings: 'settings',
  auth: 'auth',
  requests: 'requests',
  start: 'start',
};

/** What only an open ticket says, of which a list says much as well. */
const threadWords = [
  'event effect clock cause because by_rule bounce trust redacted withdrawn from_merged quote signature fold pictures',
  'attach attachments uploading not_uploaded remove_file kilobytes megabytes delivery send sent draft missed viewers',
  'merge new mention colleagues reply_placeholder note_placeholder cc_placeholder cc_wrong message_kind history_failed',
].flatMap((line) => line.split(' '));
const ofThread = new RegExp(`^ticket\\.(${threadWords.join('|')})([._]|$)`);

/** What only the server says. */
const unsaid = ['mail'];

/** `virtual:catalogue/<locale>/<part>`: compiled messages, where part is `main` or one of those above. */
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
    if (unsaid.includes(area)) continue;
    for (const [id, message] of Object.entries(messages)) {
      if (part === partOf(area, id)) compiled[id] = compileMessageOrThrow(message);
    }
  }
  return compiled;
}

/** An area's own name stands in the rail of every screen. */
function partOf(area: string, id: string): string {
  if (id === `${area}.title`) return 'main';
  return ofThread.test(id) ? 'thread' : (parts[area] ?? 'main');
}

/** Engines parse a JSON string faster than the same object literal. */
function moduleOf(messages: Record<string, unknown>): string {
  return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
}
