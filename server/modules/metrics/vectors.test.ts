import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { findCalculator } from './catalogue.ts';
import { expectToContain } from './testing/expect-close.ts';

type Vector = { kpi: string; id: string; input: unknown; expected: Record<string, unknown>; note: string };

const file = new URL('../../../../shared/data/kpi-vectors.json', import.meta.url);
const isThere = existsSync(file);
const vectors: Vector[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];

describe('published KPI vectors', () => {
  beforeEach(({ skip }) => skip(!isThere, 'the folder ../shared/data is absent'));
  const known = vectors.filter(({ kpi }) => findCalculator(kpi) !== undefined);

  it.each(known.map((vector) => [`${vector.id} ${vector.note}`, vector] as const))('%s', (_, vector) => {
    const answer = findCalculator(vector.kpi)?.calculate(vector.input);
    expectToContain(answer, vector.expected);
  });

  it('covers every definition that has vectors', () => {
    expect(known.length).toBeGreaterThan(0);
  });
});
