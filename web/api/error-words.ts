import type { Translate } from '../ui/formats.ts';
import { ApiError } from './api-error.ts';

/** An error in the reader's language: by its code, else the server's own sentence. */
export function wordsOf(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('errors.unexpected');
  return known(`errors.${error.code}`, t) ?? error.message;
}

/** The sentence for one field: `fields` holds codes or ready sentences. */
export function fieldWords(error: unknown, path: string, t: Translate): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const reason = error.fields[path];
  return reason && (known(`errors.${reason}`, t) ?? reason);
}

// A catalogue answers an unknown id with the id itself.
function known(id: string, t: Translate): string | undefined {
  const words = t(id);
  return words === id ? undefined : words;
}
