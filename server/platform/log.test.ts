import { expect, it } from 'vitest';
import { tellError } from './describe-error.ts';
import { createLog } from './log.ts';

function lineOf(error: unknown) {
  const lines: string[] = [];
  createLog('info', { write: (line: string) => void lines.push(line) }).error(
    { request: 'r-1', error },
    'failed',
  );
  return { text: lines.join(''), line: JSON.parse(lines[0] ?? '{}') };
}

it('shows an error with what caused it, where each was thrown, and the ids it came with', () => {
  const disk = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const { line } = lineOf(
    new TypeError('the mail was not kept', { cause: new Error('write', { cause: disk }) }),
  );
  expect(line).toMatchObject({
    request: 'r-1',
    msg: 'failed',
    error: {
      type: 'TypeError',
      message: 'the mail was not kept',
      stack: expect.stringContaining('log.test.ts'),
      cause: { message: 'write', cause: { code: 'ENOSPC', message: 'no space left' } },
    },
  });
});

it('keeps rows, addresses and endless words out of the log', () => {
  const row = Object.assign(new Error('violates a constraint'), {
    detail: 'Failing row contains (7, my secret words).',
    where: 'my secret words',
  });
  const { text, line } = lineOf(
    new Error(`550 <cora.b@customer.example> ${'x'.repeat(5000)}`, { cause: row }),
  );
  expect(text).not.toMatch(/secret|cora|customer\.example/);
  expect(line.error.message).toMatch(/^550 <\[address\]> x+$/);
  expect(text.length).toBeLessThan(5000);
});

it('takes what is no error, what stands for several, and what causes itself', () => {
  expect(lineOf('only words').line.error).toEqual({ type: 'string', message: 'only words' });
  const both = new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]);
  expect(lineOf(both).line.error.errors).toMatchObject([
    { message: '::1 refused' },
    { message: '127.0.0.1 refused' },
  ]);
  const round = new Error('round');
  round.cause = round;
  expect(lineOf(round).line.error.cause.cause.cause.cause).not.toHaveProperty('cause');
});

it('tells people the same in a line', () => {
  expect(tellError(new Error('not kept', { cause: new Error('disk full') }))).toBe(
    'Error: not kept ← Error: disk full',
  );
});
