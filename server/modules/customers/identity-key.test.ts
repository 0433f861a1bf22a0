import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainKey, identityKey } from './identity-key.ts';

describe('the key of an identity', () => {
  it.each([
    ['email', ' Anna@Example.COM ', 'anna@example.com'],
    ['email', 'Müller@BÜCHER.example', 'müller@xn--bcher-kva.example'],
    ['email', 'a+b.c@x.example', 'a+b.c@x.example'],
    ['email', 'support@localhost', 'support@localhost'],
    ['email', 'a@b@c', null],
    ['email', 'a@[127.0.0.1]', null],
    ['email', `${'a'.repeat(65)}@x.example`, null],
    ['phone', '+375 (29) 123-45-67', '+375291234567'],
    ['phone', '00375291234567', '+375291234567'],
    ['phone', '８０２９　１２３', '8029123'],
    ['phone', '12', null],
    ['phone', '+1234567890123456', null],
    ['phone', 'call me', null],
    ['social', 'Telegram:Ben', 'telegram:ben'],
    ['external', ' Crm-7 ', 'Crm-7'],
    ['external', 'a\u0000b', null],
    ['external', 'a\u202eb', null],
  ] as const)('%s %j is %j', (kind, value, key) => {
    expect(identityKey(kind, value)).toBe(key);
  });

  it('of a key is the key itself', () => {
    const kinds = fc.constantFrom('email', 'phone', 'social', 'external');
    const values = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.emailAddress(),
      fc.string().map((text) => `${text}@x.example`),
    );
    fc.assert(
      fc.property(kinds, values, (kind, value) => {
        const key = identityKey(kind, value);
        if (key !== null) expect(identityKey(kind, key)).toBe(key);
      }),
      { numRuns: 300 },
    );
  });

  it('knows domains', () => {
    expect(['@Example.com.', 'a..b', '', 'a b', '-'].map(domainKey)).toEqual([
      'example.com',
      null,
      null,
      null,
      null,
    ]);
    expect(domainKey('БЕЛ.example')).toBe(domainKey('бел.example'));
  });
});
