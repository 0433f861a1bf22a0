import { beyondAscii, foldPlain, foldWord, plainWord } from './fold-word.ts';

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
/** What the pattern above finds in a text of ASCII alone, at a fraction of its cost. */
const asciiPieces = /[0-9A-Za-z]+(?:['`][0-9A-Za-z]+)*/g;
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const longestWord = 120;

/**
 * Words, and for scripts without spaces every pair of neighbours: a run of n characters gives n − 1 pairs and, last,
 * its final character alone, so that a single character can be found by its beginning wherever it stands.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  if (beyondAscii.test(text)) eachMatch(pieces, text, (piece, start) => addPiece(tokens, piece, start));
  else eachMatch(asciiPieces, text, (piece, start) => addAsciiWord(tokens, piece, start));
  return tokens;
}

/** As `matchAll`, which costs as much again as all that is done with the matches. */
function eachMatch(pattern: RegExp, text: string, take: (piece: string, start: number) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) take(match[0], match.index);
}

function addPiece(tokens: Token[], piece: string, start: number): void {
  if (unspaced.test(piece)) addPairs(tokens, piece, start);
  else addWord(tokens, piece, start);
}

function addAsciiWord(tokens: Token[], piece: string, start: number): void {
  const word = plainWord(piece).slice(0, longestWord);
  tokens.push({ lexeme: word, position: tokens.length, start, end: start + piece.length, word });
}

function addWord(tokens: Token[], piece: string, start: number): void {
  const plain = plainWord(piece);
  const word = plain.slice(0, longestWord);
  const lexeme = foldPlain(plain).slice(0, longestWord);
  if (lexeme) tokens.push({ lexeme, position: tokens.length, start, end: start + piece.length, word });
}

function addPairs(tokens: Token[], run: string, start: number): void {
  const characters = [...run];
  // What is normal as a whole is so in its parts, and then each character is folded to one, all of them at once.
  const folded = run.normalize('NFKC') === run ? [...foldPlain(run)] : null;
  let at = start;
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? '';
    tokens.push({
      lexeme: folded ? folded[index] + (folded[index + 1] ?? '') : foldWord(character + next),
      position: tokens.length,
      start: at,
      end: at + character.length + next.length,
      word: null,
    });
    at += character.length;
  }
}
