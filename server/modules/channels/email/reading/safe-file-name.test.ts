import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './safe-file-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.txt', 'a.txt'],
  ['.\u200bhtaccess', 'htaccess'],
  ['evil\u202efdp.exe', 'evilfdp.exe'],
  ['a\0b.txt', 'ab.txt'],
  ['NUL', '_NUL'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['name. . .', 'name'],
  ['帳票.pdf', '帳票.pdf'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  ['...', null],
  ['', null],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('a long name keeps its extension within 255 bytes', () => {
  const safe = safeFileName(`${'ў'.repeat(300)}.docx`)!;
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
  expect(safe.endsWith('.docx')).toBe(true);
});

test('whatever comes in: no separator, no dot file, no invisible character, and once is enough', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const safe = safeFileName(name);
      if (safe === null) return;
      expect(safe).not.toMatch(/[\\/<>:"|?*\p{Cc}\p{Cf}]|^\.|[. ]$/u);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
      expect(safeFileName(safe)).toBe(safe);
    }),
    { numRuns: 400 },
  );
});
