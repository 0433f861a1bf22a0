import { expect } from 'vitest';

/** Every key of `expected` is in `actual`, numbers within 1e-6; other keys are not judged. */
export function expectToContain(actual: unknown, expected: unknown, path = 'answer'): void {
  if (typeof expected === 'number') {
    expect(typeof actual, path).toBe('number');
    expect(Math.abs(Number(actual) - expected), `${path}: ${actual} for ${expected}`).toBeLessThanOrEqual(
      1e-6,
    );
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(actual, path).toBe(expected);
    return;
  }
  if (Array.isArray(expected)) expect((actual as unknown[]).length, path).toBe(expected.length);
  for (const [key, value] of Object.entries(expected)) {
    expectToContain((actual as Record<string, unknown> | undefined)?.[key], value, `${path}.${key}`);
  }
}
