import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dismissToast, holdToast, releaseToast, toast, toasts, undoLatest } from './toast.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toasts.get()) dismissToast(id);
  vi.useRealTimers();
});

const texts = () => toasts.get().map(({ text }) => text);

it('goes by itself', () => {
  toast('Solved');
  vi.advanceTimersByTime(5999);
  expect(texts()).toEqual(['Solved']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([]);
});

it('stays while it is pointed at or has the focus, and then for the time it had left', () => {
  const id = toast('Solved', { milliseconds: 10_000 });
  vi.advanceTimersByTime(6000);
  holdToast(id, 'pointer');
  holdToast(id, 'focus');
  vi.advanceTimersByTime(60_000);
  releaseToast(id, 'pointer');
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['Solved']);
  releaseToast(id, 'focus');
  vi.advanceTimersByTime(3999);
  expect(texts()).toEqual(['Solved']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([]);
});

it('let go at its last moment stays long enough to be reached again', () => {
  const id = toast('Solved', { milliseconds: 10_000 });
  vi.advanceTimersByTime(9990);
  holdToast(id, 'pointer');
  releaseToast(id, 'pointer');
  vi.advanceTimersByTime(1999);
  expect(texts()).toEqual(['Solved']);
});

it('held past what the desk can take back offers no undo any more, and goes', () => {
  const undo = vi.fn();
  const id = toast('Sent', { undo, milliseconds: 10_000, undoUntil: Date.now() + 10_000 });
  holdToast(id, 'focus');
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual(['Sent']);
  expect(undoLatest()).toBe(false);
  expect(undo).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual([]);
});
