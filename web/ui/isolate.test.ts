import { expect, it } from 'vitest';
import { createFormats } from './formats.ts';
import { isolated, isolatedValues } from './isolate.ts';

it('a name that runs the other way keeps its direction to itself', () => {
  expect(isolated('נועה לוי')).toBe('\u2068נועה לוי\u2069');
  expect(isolated('Vera Novik 王')).toBe('Vera Novik 王');
  expect(isolatedValues({ name: 'ليلى', n: 3 })).toEqual({ name: '\u2068ليلى\u2069', n: 3 });
});

it('and so does each name of a list', () => {
  const formats = createFormats('en', 'UTC', (id) => id);
  expect(formats.list(['ליאת', 'Vera'])).toBe('\u2068ליאת\u2069 and Vera');
});
