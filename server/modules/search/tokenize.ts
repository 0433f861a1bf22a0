import { foldWord, plainWord } from './fold-word.ts';

/** One searchable piece of a text, with the place it was written at. */
export interface Token {
  /** Folded; what is compared. */
  lexeme: string;
  /** Its place in the order of pieces: neighbours differ by one. */
  position: number;
  /** Where it stands in the text, in UTF-16 units. */
  start: number;
  end: number;
  /** A word that a stemmer may shorten, as it was written; null for parts of Chinese, Japanese and Korean runs. */
  word: string | null;
}

const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+(?:['’ʼ`‘](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+)*/gu;
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const longestWord = 120;

/**
 * Words, and for scripts without spaces every pair of neighbours: a run of n characters gives n − 1 pairs and, last,
 * its final character alone, so that a single character can be found by its beginning wherever it stands.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pieces)) {
    const piece = match[0];
    if (unspaced.test(piece)) addPairs(tokens, piece, match.index);
    else addWord(tokens, piece, match.index);
  }
  return tokens;
}

function addWord(tokens: Token[], piece: string, start: number): void {
  const word = plainWord(piece).slice(0, longestWord);
  const lexeme = foldWord(piece).slice(0, longestWord);
  if (lexeme) tokens.push({ lexeme, position: tokens.length, start, end: start + piece.length, word });
}

function addPairs(tokens: Token[], run: string, start: number): void {
  const characters = [...run];
  let at = start;
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? '';
    tokens.push({
      lexeme: foldWord(character + next),
      position: tokens.length,
      start: at,
      end: at + character.length + next.length,
      word: null,
    });
    at += character.length;
  }
}
