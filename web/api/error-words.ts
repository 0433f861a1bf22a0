import type { Translate } from '../ui/formats.ts';
import { i18n } from '../ui/language.ts';
import { ApiError } from './api-error.ts';

/** An error in the reader's language: by its code, else the server's own sentence. */
export function wordsOf(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('errors.unexpected');
  return known(`errors.${error.code}`, t, listed(error.details)) ?? error.message;
}

/** What the desk names in an error, for its sentence: lists in the reader's language. */
function listed(details: Record<string, unknown>): Record<string, unknown> {
  const words = new Intl.ListFormat(i18n.locales, { type: 'conjunction' });
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, isWords(value) ? words.format(value) : value]),
  );
}

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The sentence for one field: `fields` holds codes or ready sentences. */
export function fieldWords(error: unknown, path: string, t: Translate): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return faultWords(error, path, undefined, t);
}

/** The sentence for a field or the first thing inside it; `value` is what it holds, which tells empty from too short. */
export function faultWords(error: unknown, path: string, value: unknown, t: Translate): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { fields } = error;
  const at = path in fields ? path : Object.keys(fields).find((key) => key.startsWith(`${path}.`));
  const reason = at === undefined ? undefined : fields[at];
  if (!reason) return undefined;
  const code = codeOf(reason, value);
  return (code && known(`errors.${code}`, t)) ?? known(`errors.${reason}`, t) ?? reason;
}

/** The desk's bounds come as its checker words them, in English; the screen says them in the reader's language. */
const codes: [RegExp, string][] = [
  [/^Too small/, 'too_short'],
  [/^Too big/, 'too_long'],
  [/^needs a mail address/, 'not_an_inbox_address'],
  [/belongs to another inbox$/, 'address_taken'],
  [/^is not a time zone/, 'not_a_time_zone'],
  [/^holds characters/, 'bad_characters'],
  [/^small letters, digits/, 'not_a_key'],
  [/^a choice needs options/, 'no_options'],
  [/^one target for each/, 'target_twice'],
  [/^a policy promises/, 'no_target'],
  [/^A calendar date is needed/, 'not_a_date'],
  [/^A time of day/, 'not_a_time'],
  [/^The interval starts and ends/, 'same_times'],
  [/^The interval overlaps/, 'overlaps'],
  [/^Invalid/, 'not_understood'],
];

function codeOf(reason: string, value: unknown): string | undefined {
  const code = codes.find(([words]) => words.test(reason))?.[1];
  if (code === 'too_short' && isEmpty(value)) return 'required';
  return typeof value === 'number' && code ? (ofNumbers[code] ?? code) : code;
}

const ofNumbers: Record<string, string> = { too_short: 'too_little', too_long: 'too_much' };

const isEmpty = (value: unknown): boolean =>
  value === '' || value === null || (Array.isArray(value) && value.length === 0);

// A catalogue answers an unknown id with the id itself.
function known(id: string, t: Translate, values?: Record<string, unknown>): string | undefined {
  const words = t(id, values);
  return words === id ? undefined : words;
}
