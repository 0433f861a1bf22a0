import { expect, test } from 'vitest';
import { mentionedIds, mentionQuery, writeMention } from './mentions.ts';

const staff = [
  { id: 3, name: '陳怡君' },
  { id: 5, name: 'Daryia Kazlouskaya' },
];

test('an @ at the beginning of a word asks for a colleague, an address does not', () => {
  expect(mentionQuery('hello @Da', 9)).toBe('Da');
  expect(mentionQuery('@', 1)).toBe('');
  expect(mentionQuery('(@陳', 3)).toBe('陳');
  expect(mentionQuery('write to tom@mail.test', 22)).toBeUndefined();
  expect(mentionQuery('@Da ', 4)).toBeUndefined();
});

test('choosing writes the whole name and goes on behind it', () => {
  expect(writeMention('ask @Da now', 7, 'Daryia Kazlouskaya')).toEqual({
    text: 'ask @Daryia Kazlouskaya  now',
    caret: 24,
  });
});

test('a note names whom it names in full', () => {
  expect(mentionedIds('@陳怡君 and @Daryia', staff)).toEqual([3]);
});
