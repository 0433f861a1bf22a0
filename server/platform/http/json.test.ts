import { expect, it } from 'vitest';
import { findUnstorable, isTooDeep } from './json.ts';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

it('tells what is nested too deeply, whatever stands in its texts', () => {
  expect([isTooDeep(nested(64)), isTooDeep(nested(65)), isTooDeep(nested(1_000_000))]).toEqual([
    false,
    true,
    true,
  ]);
  expect(isTooDeep(JSON.stringify({ a: `\\"${'['.repeat(100)}`, b: Array(100).fill({}) }))).toBe(false);
});

it('finds the text that no row can keep', () => {
  expect(findUnstorable({ a: [{ name: 'Ж 茶 🫖' }], b: 1, c: null })).toBeNull();
  expect(findUnstorable({ a: [{ name: 'x\u0000' }] })).toBe('a.0.name');
  expect(findUnstorable({ 'k\ud800': 1 })).toBe('');
});
