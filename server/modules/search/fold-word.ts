import { foldHan } from './han-variants.ts';

/** Ё and е, ў and у, a mistyped и for і: one letter each, so that a search finds what was meant. */
const cyrillic: Record<string, string> = { ё: 'е', ў: 'у', и: 'і', ґ: 'г' };

const apostrophes = /['’ʼ`‘]/gu;

/** The written form of a word without case, apostrophes and width: what stemmers are given. */
export function plainWord(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(apostrophes, '');
}

/** The form both sides of a search are compared in. */
export function foldWord(text: string): string {
  let folded = '';
  for (const character of plainWord(text)) folded += foldCharacter(character);
  return folded;
}

function foldCharacter(character: string): string {
  if (character < '\u0080') return character;
  const pair = cyrillic[character];
  if (pair) return pair;
  if (/\p{Script=Latin}/u.test(character))
    return latinFolds[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
  return foldHan(character);
}

const latinFolds: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };
