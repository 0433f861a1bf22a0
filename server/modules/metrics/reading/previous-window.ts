import type { Window } from '../arithmetic/period.ts';
import { compareWindows } from '../arithmetic/previous-period.ts';
import type { FigureRequest } from './figure-request.ts';

/** The period before, cut to the same elapsed part while this one runs. */
export function previousWindow({ period, window, asOf, weekStart }: FigureRequest): Window {
  if (period !== null) return compareWindows(period, asOf, weekStart).previous;
  const from = window.from - (window.to - window.from);
  const elapsed = Math.max(0, Math.min(asOf, window.to) - window.from);
  return { from, to: from + elapsed };
}
