import { stemBelarusian } from './belarusian-stem.ts';
import { quoteLexeme } from './build-document.ts';
import { foldWord } from './fold-word.ts';
import { isCyrillic } from './languages.ts';
import type { TextTerm } from './parse-query.ts';
import type { Token } from './tokenize.ts';

/** Stems of each searched word, as the database gave them. */
export type Stems = ReadonlyMap<string, string[]>;

/** A tsquery literal of all text terms; null when there are none. Lexemes are quoted, operators are ours. */
export function textQuery(terms: TextTerm[], stems: Stems): string | null {
  if (terms.length === 0) return null;
  return terms
    .map((term) => (term.negated ? `!(${termQuery(term, stems)})` : `(${termQuery(term, stems)})`))
    .join(' & ');
}

function termQuery(term: TextTerm, stems: Stems): string {
  if (term.tokens.length > 1) return term.tokens.map((token) => quoteLexeme(token.lexeme)).join(' <-> ');
  const token = term.tokens[0] as Token;
  if (term.exact && token.word) return quoteLexeme(token.lexeme);
  return wordForms(token, stems).join(' | ');
}

function wordForms(token: Token, stems: Stems): string[] {
  if (token.word === null) {
    const alone = [...token.lexeme].length === 1;
    return [alone ? `${quoteLexeme(token.lexeme)}:*` : quoteLexeme(token.lexeme)];
  }
  const forms = new Set([token.lexeme, ...(stems.get(token.word) ?? []).map(foldWord)]);
  if (isCyrillic(token.word)) forms.add(stemBelarusian(token.lexeme));
  return [...forms].filter((form) => form !== '').map(quoteLexeme);
}
