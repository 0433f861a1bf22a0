import { expect, test } from 'vitest';
import { callOf, findColleagues, mentionedIds, mentionQuery, writeMention } from './mentions.ts';

const staff = [
  { id: 3, name: '陳怡君', email: 'yijun@desk.example' },
  { id: 5, name: 'Daryia Kazlouskaya', email: 'daryia@desk.example' },
  { id: 6, name: 'Ann', email: 'ann@desk.example' },
  { id: 7, name: 'Ann Lee', email: 'ann.lee@desk.example' },
  { id: 8, name: 'Tom Ash', email: 'tom.ash@desk.example' },
  { id: 9, name: 'Tom Ash', email: 'tom.two@desk.example' },
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

test('the longest name behind an @ is meant, whole, and no part of another', () => {
  expect(mentionedIds('@Ann Lee, please', staff)).toEqual([7]);
  expect(mentionedIds('@ann, please ask @陳怡君看一下', staff)).toEqual([6, 3]);
  expect(mentionedIds('@Annabel', staff)).toEqual([]);
  expect(mentionedIds('write to shop@ann', staff)).toEqual([]);
});

test('who shares a name is called by address, and found by it', () => {
  const [, , , lee, tom] = staff as [unknown, unknown, unknown, (typeof staff)[0], (typeof staff)[0]];
  expect([callOf(lee, staff), callOf(tom, staff)]).toEqual(['Ann Lee', 'tom.ash@desk.example']);
  expect(mentionedIds('@tom.ash@desk.example and all', staff)).toEqual([8]);
  expect(mentionedIds('@Tom Ash', staff)).toEqual([8, 9]);
  expect(mentionQuery('ask @tom.two@desk', 17)).toBe('tom.two@desk');
  expect(findColleagues(staff, 'tom.two@desk').map(({ id }) => id)[0]).toBe(9);
});
