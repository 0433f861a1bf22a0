import { expect, test } from 'vitest';
import { readAddresses } from './read-addresses.ts';

test.each([
  ['a@b.example', [['', 'a@b.example']]],
  [
    '"Müller, Bernd" <b@x.example>, c@x.example',
    [
      ['Müller, Bernd', 'b@x.example'],
      ['', 'c@x.example'],
    ],
  ],
  ['Smith, Karoline <k@x.example>', [['Smith, Karoline', 'k@x.example']]],
  ['marc@x.example (Marc Smith)', [['Marc Smith', 'marc@x.example']]],
  [
    'Team: a@x.example, b@x.example;, c@x.example',
    [
      ['', 'a@x.example'],
      ['', 'b@x.example'],
      ['', 'c@x.example'],
    ],
  ],
  ['Undisclosed recipients:;', []],
  ['=?utf-8?Q?Doe=2C_Jane?= <jane@x.example>', [['Doe, Jane', 'jane@x.example']]],
  // All of `Ann Ö <ann@x.example>` encoded.
  ['=?utf-8?B?QW5uIMOWIDxhbm5AeC5leGFtcGxlPg==?=', [['Ann Ö', 'ann@x.example']]],
  ['"quoted local"@x.example', [['', '"quoted local"@x.example']]],
  ['Foo <mailto:foo@x.example>', [['Foo', 'foo@x.example']]],
  ['"support@bank.example" <thief@evil.example>', [['support@bank.example', 'thief@evil.example']]],
  ['<@a.example,@b.example:c@d.example>', [['', 'c@d.example']]],
  ['Only A Name', [['Only A Name', '']]],
])('%s', (text, expected) => {
  expect(readAddresses(text).map((one) => [one.name, one.address])).toEqual(expected);
});
