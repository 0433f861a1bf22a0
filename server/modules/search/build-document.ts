import { stemBelarusian } from './belarusian-stem.ts';
import { foldWord } from './fold-word.ts';
import { dictionaryOf, isCyrillic, wordLanguage } from './languages.ts';
import type { WordStems } from './stem-words.ts';
import { tokenize } from './tokenize.ts';

/** What is found in a ticket's texts, before their words are shortened. */
export interface ReadTexts {
  /** Where each lexeme stands. */
  places: Map<string, number[]>;
  dictionary: string;
  /** Distinct words as written, for that dictionary. */
  words: string[];
}

const lastPosition = 16_383;
const mostPlaces = 255;
// A tsvector holds 1 MB; a ticket longer than this is indexed by its beginning.
const mostTokens = 60_000;

export function readTexts(texts: string[], language: string | null): ReadTexts {
  const places = new Map<string, number[]>();
  const words = new Set<string>();
  let offset = 1;
  let count = 0;
  for (const text of texts) {
    const tokens = tokenize(text);
    for (const token of tokens) {
      if (count++ >= mostTokens) break;
      if (token.word) words.add(token.word);
      const at = places.get(token.lexeme);
      const position = Math.min(lastPosition, offset + token.position);
      if (!at) places.set(token.lexeme, [position]);
      else if (at.length < mostPlaces && at.at(-1) !== position) at.push(position);
    }
    // A gap, so that a phrase cannot begin in one text and end in the next.
    offset += tokens.length + 2;
  }
  const code = wordLanguage(texts.join(' ').slice(0, 4000), language);
  if (code === 'be') addBelarusianStems(places);
  return {
    places,
    dictionary: dictionaryOf(code) ?? 'russian_stem',
    words: [...words].filter((word) => !/\d/.test(word)),
  };
}

function addBelarusianStems(places: Map<string, number[]>): void {
  for (const lexeme of [...places.keys()].filter(isCyrillic)) {
    const stem = stemBelarusian(lexeme);
    if (!places.has(stem)) places.set(stem, []);
  }
}

/** What is stored: a tsvector literal of the words, where they stand, and of their stems, which stand nowhere. */
export function writeDocument({ places, words }: ReadTexts, stems: WordStems): string {
  const written = [...places].map(([lexeme, at]) =>
    at.length > 0 ? `${quoteLexeme(lexeme)}:${at.join(',')}` : quoteLexeme(lexeme),
  );
  const more = new Set(words.flatMap((word) => stems.get(word) ?? []).map(foldWord));
  for (const stem of more) if (stem !== '' && !places.has(stem)) written.push(quoteLexeme(stem));
  return written.join(' ');
}

/** Quotes a piece of text for a tsvector or tsquery literal; nothing in it can then be an operator. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
