import { expect, test } from 'vitest';
import { numberIn } from './number-in.ts';

test('a field that was emptied takes a number again', () => {
  expect(['', '4', '45', '-3', '4.5', '1e3', ' 7 '].map(numberIn)).toEqual(['', 4, 45, -3, 4.5, 1000, 7]);
});

test('what is no number stays as it was written', () => {
  const texts = ['abc', '4,5', '09:00', '2026-03-02', '0x10', '1e400', '-'];
  expect(texts.map(numberIn)).toEqual(texts);
});
