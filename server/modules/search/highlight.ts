import { foldWord } from './fold-word.ts';
import type { ParsedQuery, TextTerm } from './parse-query.ts';
import type { Stems } from './text-query.ts';
import { type Token, tokenize } from './tokenize.ts';

/** A piece of text with the places that matched, `[start, end)` in UTF-16 units of that piece. No HTML. */
export interface Snippet {
  text: string;
  ranges: [number, number][];
}

const around = 80;
const longest = 240;

/** Cuts the piece around the first match; null when nothing of the question is in this text. */
export function highlight(text: string, query: ParsedQuery, stems: Stems): Snippet | null {
  const terms = query.texts.filter((term) => !term.negated);
  const tokens = tokenize(text.slice(0, 50_000));
  const found = mergeRanges(terms.flatMap((term) => placesOf(term, tokens, stems)));
  const first = found[0];
  if (!first) return null;
  const start = cutAt(text, Math.max(0, first[0] - around));
  const end = cutAt(text, Math.min(text.length, start + longest));
  const ranges = found.filter(([from, to]) => from >= start && to <= end);
  return { text: text.slice(start, end), ranges: ranges.map(([from, to]) => [from - start, to - start]) };
}

/** Never between the two halves of a character. */
function cutAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

function placesOf(term: TextTerm, tokens: Token[], stems: Stems): [number, number][] {
  const places: [number, number][] = [];
  for (let at = 0; at + term.tokens.length <= tokens.length; at++) {
    const matched = term.tokens.every((wanted, index) =>
      isMatch(wanted, tokens[at + index] as Token, term, stems),
    );
    if (matched)
      places.push([(tokens[at] as Token).start, (tokens[at + term.tokens.length - 1] as Token).end]);
  }
  return places;
}

function isMatch(wanted: Token, token: Token, term: TextTerm, stems: Stems): boolean {
  if (token.lexeme === wanted.lexeme) return true;
  if (term.tokens.length > 1 || term.exact) return false;
  if (wanted.word === null) return [...wanted.lexeme].length === 1 && token.lexeme.startsWith(wanted.lexeme);
  // The database shortened both sides; here a beginning in common stands for it.
  const forms = (stems.get(wanted.word) ?? []).map(foldWord).filter((stem) => stem.length >= 3);
  return (
    token.word !== null &&
    forms.some((stem) => token.lexeme.startsWith(stem) && token.lexeme.length - stem.length <= 4)
  );
}

function mergeRanges(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
