import { afterEach, expect, test } from 'vitest';
import { clearSelection, keepSelectionFor, selection, selectRange, toggleSelected } from './selection.ts';

afterEach(clearSelection);
const chosen = () => [...selection.get().ids].sort((a, b) => a - b);

test('a range runs from the anchor to the row, both included, in either direction', () => {
  toggleSelected(30);
  selectRange([10, 20, 30, 40, 50], 50);
  expect(chosen()).toEqual([30, 40, 50]);
  selectRange([10, 20, 30, 40, 50], 20);
  expect(chosen()).toEqual([20, 30, 40, 50]);
});

test('another list forgets what was chosen in this one', () => {
  keepSelectionFor('mine');
  toggleSelected(1);
  keepSelectionFor('mine');
  expect(chosen()).toEqual([1]);
  keepSelectionFor('all');
  expect(chosen()).toEqual([]);
});
