import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCalculator } from './catalogue.ts';
import { expectToContain } from './testing/expect-close.ts';

type Vector = { kpi: string; id: string; input: unknown; expected: Record<string, unknown>; note: string };

const file = new URL('../../../../shared/data/kpi-vectors.json', import.meta.url);
const isThere = existsSync(file);
if (!isThere) console.log('skipped: the KPI vectors, since ../shared/data is absent');
const vectors: Vector[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];

describe.skipIf(!isThere)('published KPI vectors', () => {
  const known = vectors.filter(({ kpi }) => findCalculator(kpi) !== undefined);

  it.each(known.map((vector) => [`${vector.id} ${vector.note}`, vector] as const))('%s', (_, vector) => {
    const answer = findCalculator(vector.kpi)?.calculate(vector.input);
    expectToContain(answer, vector.expected);
  });

  it('covers every definition that has vectors', () => {
    expect(known.length).toBeGreaterThan(0);
  });
});
