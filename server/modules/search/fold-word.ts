import { foldHan, traditional } from './han-variants.ts';

/** Ё and е, ў and у, a mistyped и for і: one letter each, so that a search finds what was meant. */
const cyrillic: Record<string, string> = { ё: 'е', ў: 'у', и: 'і', ґ: 'г' };

const apostrophes = /['’ʼ`‘]/gu;
const asciiApostrophe = /['`]/;
export const beyondAscii = /[\u0080-\uffff]/;

/** The written form of a word without case, apostrophes and width: what stemmers are given. */
export function plainWord(text: string): string {
  if (!beyondAscii.test(text)) {
    const lower = text.toLowerCase();
    return asciiApostrophe.test(lower) ? lower.replace(apostrophes, '') : lower;
  }
  return text.normalize('NFKC').toLowerCase().replace(apostrophes, '');
}

/** The form both sides of a search are compared in; of a whole text it holds the forms of its words. */
export const foldWord = (text: string): string => foldPlain(plainWord(text));

/** Only these are ever folded to something else: most texts hold few of them, and some whole languages none. */
const folding = new RegExp(
  `[${Object.keys(cyrillic).join('')}${traditional}]|(?![\\0-\\x7f])\\p{Script=Latin}`,
  'gu',
);

/** The same for what is plain already. */
export const foldPlain = (plain: string): string =>
  beyondAscii.test(plain) ? plain.replace(folding, foldCharacter) : plain;

const known = new Map<string, string>();
const mostKnown = 10_000;

/** Letters come back again and again, so each is looked up once. */
function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const folded = lookUp(character);
  known.set(character, folded);
  return folded;
}

function lookUp(character: string): string {
  const pair = cyrillic[character];
  if (pair) return pair;
  if (/\p{Script=Latin}/u.test(character))
    return latinFolds[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
  return foldHan(character);
}

const latinFolds: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };
