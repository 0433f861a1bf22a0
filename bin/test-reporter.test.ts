import { expect, test } from 'vitest';
import { ClosingLineReporter } from './test-reporter.mjs';

function describeModule(tests: object[], ownErrors = 0, suiteErrors: number[] = []) {
  const listOf = (count: number) => Array.from({ length: count }, () => new Error('broken'));
  return {
    errors: () => listOf(ownErrors),
    children: {
      allTests: () => tests.map((result, index) => ({ fullName: `test ${index}`, result: () => result })),
      allSuites: () => suiteErrors.map((count) => ({ errors: () => listOf(count) })),
    },
  };
}

test('counts tests, and what fails outside of them', () => {
  const reporter = new ClosingLineReporter();
  reporter.onTestRunEnd(
    [
      describeModule([{ state: 'passed' }, { state: 'failed' }, { state: 'pending' }], 0, [1, 0]),
      describeModule([{ state: 'skipped', note: 'no browser' }, { state: 'skipped' }]),
      describeModule([], 1),
    ],
    [new Error('unhandled')],
  );
  expect(reporter.counts).toEqual({ passed: 1, failed: 5, skipped: 2 });
  expect(reporter.notes.map((note) => note.reason)).toEqual(['no browser', 'no reason given']);
});

test('hears the reason a test prints for leaving a part out', () => {
  const reporter = new ClosingLineReporter();
  reporter.onUserConsoleLog({ content: 'before\nSKIP the corpora are absent\nafter' });
  expect(reporter.notes).toEqual([{ test: 'part of a test', reason: 'the corpora are absent' }]);
});
