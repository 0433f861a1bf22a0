import { readdirSync, readFileSync } from 'node:fs';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { describe, expect, test } from 'vitest';
import { format } from '../../i18n/catalogue.ts';
import { fallbackLocale, type Locale, locales } from '../../i18n/locales.ts';
import { readMessages } from '../../i18n/read-messages.ts';

const root = new URL('../../', import.meta.url);
const all = new Map(locales.map((locale) => [locale, flatten(locale)]));
const english = all.get(fallbackLocale) ?? {};

function flatten(locale: Locale): Record<string, string> {
  return Object.assign({}, ...readMessages(locale).values());
}

test.each(locales)('%s: every id begins with its area and is written once', (locale) => {
  const seen = new Set<string>();
  for (const [area, messages] of readMessages(locale)) {
    for (const id of Object.keys(messages)) {
      expect(id.startsWith(`${area}.`), id).toBe(true);
      expect(seen.has(id), id).toBe(false);
      seen.add(id);
    }
  }
});

describe.each(locales.filter((locale) => locale !== fallbackLocale))('%s', (locale) => {
  const own = all.get(locale) ?? {};

  test('has the same ids as English', () => {
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
  });

  test('has the same placeholders and tags as English', () => {
    for (const id of Object.keys(own)) {
      expect(placeholders(own[id] ?? ''), id).toEqual(placeholders(english[id] ?? ''));
    }
  });
});

test('Belarusian plurals have all their forms', () => {
  for (const [id, message] of Object.entries(all.get('be') ?? {})) {
    if (!message.includes(', plural,')) continue;
    for (const form of ['one', 'few', 'many', 'other'])
      expect(message, id).toMatch(new RegExp(`\\b${form} ?{`));
  }
  const days = (n: number) => format('be', 'ui.duration.days', { n });
  expect([1, 3, 11, 21, 1.5].map(days)).toEqual(['1 дзень', '3 дні', '11 дзён', '21 дзень', '1,5 дня']);
});

test('no sentence shouts', () => {
  for (const [locale, messages] of all) {
    for (const [id, message] of Object.entries(messages))
      expect(message, `${locale} ${id}`).not.toMatch(/[!！]/);
  }
});

const simplifiedOnly = /[们这说为个对时间请户关开设删实现无内录单标题发务处网邮]/;
const mainlandTerms = /工單臺|座席|默認|信息|網絡|郵箱|屏幕|用戶/;

test('zh-TW is its own language, not converted zh-CN', () => {
  for (const [id, message] of Object.entries(all.get('zh-TW') ?? {})) {
    expect(message, id).not.toMatch(simplifiedOnly);
    expect(message, id).not.toMatch(mainlandTerms);
  }
  for (const [id, message] of Object.entries(all.get('zh-CN') ?? {})) {
    expect(message, id).not.toMatch(/工單|客服人員|設定|電子郵件/);
  }
  expect(format('zh-CN', 'shell.role.agent')).toBe('座席');
  expect(format('zh-TW', 'shell.role.agent')).toBe('客服人員');
});

test('every id that a screen or the server asks for is there', () => {
  const missing: string[] = [];
  for (const file of listSources()) {
    const source = readFileSync(new URL(file, root), 'utf8');
    for (const [, , id = ''] of source.matchAll(asked)) if (!(id in english)) missing.push(`${file}: ${id}`);
  }
  expect(missing).toEqual([]);
});

/** `t('…')`, `i18n._('…')`, `format(locale, '…'`, `id="…"` of T and properties that end in Id. */
const asked = /(?<![\w.])(t\(|i18n\._\(|format\([\w.]+, |<T id=|\w+Id: )['"]([a-z_]+(?:\.[\w-]+)+)['"]/g;

function listSources(): string[] {
  const files = ['web', 'server'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  return files.filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));
}

function placeholders(message: string): string[] {
  const names = new Set<string>([...message.matchAll(/<\/?(\w+)>/g)].map(([, tag]) => `<${tag}>`));
  collect(compileMessageOrThrow(message), names);
  return [...names].sort();
}

function collect(token: unknown, names: Set<string>): void {
  if (!Array.isArray(token)) return;
  for (const part of token) {
    if (!Array.isArray(part)) continue;
    const [name, , choices] = part as [string, string?, Record<string, unknown>?];
    names.add(name);
    if (choices && typeof choices === 'object')
      for (const choice of Object.values(choices)) collect(choice, names);
  }
}
