import { expect, test } from 'vitest';
import { clashesOf, differing, movesOf, without } from './changes.ts';

const before = { name: 'Front', description: 'Phones', memberIds: [1, 2] };

test('what somebody else wrote in other fields is taken over without a question', () => {
  const theirs = { ...before, description: 'Phones and doors' };
  expect(clashesOf(before, { name: 'Reception' }, theirs)).toEqual([]);
});

test('a field that both changed is asked about, unless both wrote the same', () => {
  expect(clashesOf(before, { name: 'Reception' }, { ...before, name: 'Desk' })).toEqual(['name']);
  expect(clashesOf(before, { name: 'Desk' }, { ...before, name: 'Desk' })).toEqual([]);
  expect(clashesOf(before, { memberIds: [1] }, { ...before, memberIds: [1, 2, 3] })).toEqual(['memberIds']);
});

test('taking theirs drops only what clashes', () => {
  expect(without({ name: 'Reception', description: 'New' }, ['name'])).toEqual({ description: 'New' });
});

test('only what differs is sent', () => {
  expect(differing(before, { ...before, memberIds: [1, 2] })).toEqual({});
  expect(differing(before, { ...before, name: 'Desk', memberIds: [2] })).toEqual({
    name: 'Desk',
    memberIds: [2],
  });
});

test('of a set only the moves are sent, so that somebody else may move others', () => {
  expect(movesOf([1, 2], [2, 3])).toEqual({ joined: [3], left: [1] });
});
