import { stemBelarusian } from './belarusian-stem.ts';
import { dictionaryOf, isCyrillic, wordLanguage } from './languages.ts';
import { tokenize } from './tokenize.ts';

/** What is stored of a ticket's texts: a tsvector literal, and the words the database still has to stem. */
export interface SearchDocument {
  literal: string;
  dictionary: string | null;
  /** Distinct words as written, separated by spaces. */
  words: string;
}

const lastPosition = 16_383;
const mostPlaces = 255;
// A tsvector holds 1 MB; a ticket longer than this is indexed by its beginning.
const mostTokens = 60_000;

export function buildDocument(texts: string[], language: string | null): SearchDocument {
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
  return { ...stemming([...words], texts, language, places), literal: literalOf(places) };
}

function stemming(words: string[], texts: string[], language: string | null, places: Map<string, number[]>) {
  const code = wordLanguage(texts.join(' ').slice(0, 4000), language);
  if (code === 'be') {
    for (const lexeme of [...places.keys()].filter(isCyrillic)) {
      const stem = stemBelarusian(lexeme);
      if (!places.has(stem)) places.set(stem, []);
    }
  }
  return {
    dictionary: dictionaryOf(code) ?? 'russian_stem',
    words: words.filter((word) => !/\d/.test(word)).join(' '),
  };
}

function literalOf(places: Map<string, number[]>): string {
  return [...places]
    .map(([lexeme, at]) => (at.length > 0 ? `${quoteLexeme(lexeme)}:${at.join(',')}` : quoteLexeme(lexeme)))
    .join(' ');
}

/** Quotes a piece of text for a tsvector or tsquery literal; nothing in it can then be an operator. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
