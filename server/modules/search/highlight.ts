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
const mostRead = 50_000;

/** What is looked for in a text: a term, and the beginnings that its first word can have there. */
interface Wanted {
  term: TextTerm;
  /** Folded. */
  beginnings: string[];
}

export type Highlighter = (text: string) => Snippet | null;

/** Cuts the piece of a text around the first match; null when nothing of the question is in this text. */
export function highlighter(query: ParsedQuery, stems: Stems): Highlighter {
  const wanted = query.texts.filter((term) => !term.negated).map((term) => readTerm(term, stems));
  return (text) => {
    const read = text.slice(0, mostRead);
    // Most texts of a ticket hold none of the words, and this tells it without taking them apart.
    const folded = foldWord(read);
    const present = wanted.filter(({ beginnings }) => beginnings.some((one) => folded.includes(one)));
    return present.length > 0 ? highlight(text, tokenize(read), present) : null;
  };
}

function readTerm(term: TextTerm, stems: Stems): Wanted {
  const first = term.tokens[0] as Token;
  if (term.tokens.length > 1 || term.exact || first.word === null)
    return { term, beginnings: [first.lexeme] };
  const forms = (stems.get(first.word) ?? []).map(foldWord).filter((stem) => stem.length >= 3);
  return { term, beginnings: [first.lexeme, ...forms] };
}

function highlight(text: string, tokens: Token[], wanted: Wanted[]): Snippet | null {
  const found = mergeRanges(wanted.flatMap((one) => placesOf(one, tokens)));
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

function placesOf({ term, beginnings }: Wanted, tokens: Token[]): [number, number][] {
  const places: [number, number][] = [];
  for (let at = 0; at + term.tokens.length <= tokens.length; at++) {
    const matched = term.tokens.every((wanted, index) => {
      const token = tokens[at + index] as Token;
      return token.lexeme === wanted.lexeme || isForm(term, token, beginnings);
    });
    if (matched)
      places.push([(tokens[at] as Token).start, (tokens[at + term.tokens.length - 1] as Token).end]);
  }
  return places;
}

/** Another form of the only word of a term. */
function isForm(term: TextTerm, token: Token, [lexeme = '', ...stems]: string[]): boolean {
  const [only, ...others] = term.tokens;
  if (!only || others.length > 0 || term.exact) return false;
  if (only.word === null) return [...lexeme].length === 1 && token.lexeme.startsWith(lexeme);
  // The database shortened both sides; here a beginning in common stands for it.
  return (
    token.word !== null &&
    stems.some((stem) => token.lexeme.startsWith(stem) && token.lexeme.length - stem.length <= 4)
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
