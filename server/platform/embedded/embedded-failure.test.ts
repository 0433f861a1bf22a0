import { expect, test } from 'vitest';
import { explainFailure } from './embedded-failure.ts';

test.each([
  [
    'FATAL:  could not write lock file "postmaster.pid": No space left on device',
    'The disk that holds /d is full',
  ],
  ['initdb: error: could not look up effective user ID 4711: user does not exist', 'no entry in /etc/passwd'],
  ['PANIC:  could not write: Read-only file system', 'read-only disk'],
])('says what to do about: %s', (printed, sentence) => {
  const failure = explainFailure('It did not start', printed, '/d');
  expect(failure.message).toContain(sentence);
  expect(failure.message).not.toContain('\n');
});

test('an unknown cause keeps the telling lines only', () => {
  const printed = 'LOG:  starting\nFATAL:  something odd\nLOG:  database system is shut down\n';
  expect(explainFailure('It did not start', printed, '/d').message).toBe(
    'It did not start (/d): FATAL:  something odd',
  );
});
