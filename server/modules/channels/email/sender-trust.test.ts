import { describe, expect, it } from 'vitest';
import { writeMail } from './mail-room.ts';
import { readMail } from './reading/read-mail.ts';
import { readSenderTrust } from './sender-trust.ts';

const server = 'mx.desk.example';

/** Of a mail from vera@v.example with these headers of the trusted server, topmost first. */
function trustOf(...results: string[]) {
  const added = results.map((one) => `Authentication-Results: ${one}\r\n`).join('');
  const raw = Buffer.concat([Buffer.from(added), writeMail({ from: 'vera@v.example' })]);
  return readSenderTrust(readMail(raw).mail.headers, 'vera@v.example', server);
}
const results = (words: string) => trustOf(`${server}; ${words}`);

const fails = 'dmarc=fail (p=none dis=none) header.from=v.example';

describe('a sender who writes a result of his own into his envelope', () => {
  it.each([
    ['a quoted local part', 'smtp.mailfrom="x;dmarc=pass header.from=v.example;y"@evil.example'],
    ['a quoted pair', 'smtp.mailfrom="x\\";dmarc=pass header.from=v.example;\\"y"@evil.example'],
    ['a comment', '(x;dmarc=pass header.from=v.example;y) smtp.mailfrom=evil.example'],
    ['a comment in a comment', '(a (b) ;dmarc=pass header.from=v.example;) smtp.mailfrom=evil.example'],
    ['a comment with a quoted pair', '(a\\) ;dmarc=pass header.from=v.example;) smtp.mailfrom=evil.example'],
    [
      'an encoded word',
      'smtp.mailfrom==?us-ascii?q?=3Bdmarc=3Dpass_header.from=3Dv.example=3B?=@evil.example',
    ],
    ['an open result', 'smtp.mailfrom=x;dmarc=pass header.from=v.example;y@evil.example'],
    ['a second domain', 'smtp.mailfrom=x; dmarc=pass header.from=v.example header.from=evil.example'],
  ])('is still disproved: %s', (_, words) => {
    expect(results(`spf=pass ${words}; ${fails}`).trust).toBe('fail');
    expect(results(`${fails}; spf=pass ${words}`).trust).toBe('fail');
  });

  it.each([
    ['a quoted local part', 'spf=pass smtp.mailfrom="x;dmarc=pass header.from=v.example;y"@evil.example'],
    [
      'an encoded word',
      'spf=pass smtp.mailfrom==?us-ascii?q?=3Bdmarc=3Dpass_header.from=3Dv.example=3B?=@evil.example',
    ],
    ['its property', 'spf=pass smtp.helo="x smtp.mailfrom=v.example" smtp.mailfrom=evil.example'],
    ['an address in a local part', 'spf=pass smtp.mailfrom="x@v.example"@evil.example'],
    [
      'a reason',
      'dmarc=none reason="x" header.d=v.example; dkim=pass reason=header.d=v.example header.d=evil.example',
    ],
    ['two domains of one result', 'dmarc=pass header.from=v.example header.from=evil.example'],
    ['a method in quotes', '"dmarc"=pass header.from=v.example'],
    ['a quote without an end', 'spf=none smtp.mailfrom="x; dmarc=pass header.from=v.example'],
    ['a comment without an end', 'dmarc=pass header.from=v.example; spf=none (x'],
  ])('proves nothing: %s', (_, words) => {
    expect(results(words)).toEqual({ trust: 'unknown', reject: false });
  });

  it('does not decode its bytes by a charset that the mail names', () => {
    const utf7 = '+ADs-dmarc+AD0-pass header.from+AD0-v.example+ADs-';
    const raw = writeMail({
      from: 'vera@v.example',
      headers: {
        'Authentication-Results': `${server}; spf=pass smtp.mailfrom=ü${utf7}@evil.example`,
        'Content-Type': 'text/plain; charset=utf-7',
      },
    });
    expect(readSenderTrust(readMail(raw).mail.headers, 'vera@v.example', server).trust).toBe('unknown');
  });

  it('is not helped by a header below one of ours that cannot be read', () => {
    expect(trustOf(`${server}; spf=none (x`, `${server}; dmarc=pass header.from=v.example`).trust).toBe(
      'unknown',
    );
  });
});

it.each([
  ['dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=v.example', 'pass'],
  ['dmarc=pass action=none header.from=V.Example', 'pass'],
  ['dmarc = pass ( a (nested) comment ) header.from = v.example', 'pass'],
  ['dmarc/1=pass header.from="v.example"', 'pass'],
  ['dkim=fail header.d=v.example; dmarc=pass header.from=v.example', 'pass'],
  ['dmarc=pass header.from=mail.v.example', 'unknown'],
  ['dmarc=pass header.from=evil.example', 'unknown'],
  ['dkim=pass header.d=v.example header.s=a header.b=abc=', 'pass'],
  ['dkim=pass header.i=@v.example', 'pass'],
  ['dkim=pass header.d=tenant.v.example', 'unknown'],
  ['dkim=pass header.d=example', 'unknown'],
  ['spf=pass smtp.mailfrom=vera@v.example', 'pass'],
  ['spf=pass smtp.mailfrom=bounces=x@evil.example', 'unknown'],
  ['spf=softfail smtp.mailfrom=vera@v.example', 'unknown'],
  ['dmarc=bestguesspass header.from=v.example', 'unknown'],
  ['none', 'unknown'],
  ['dmarc=fail header.from=evil.example; dkim=pass header.d=v.example', 'unknown'],
  ['dmarc=pass header.from=evil.example; dkim=pass header.d=v.example', 'unknown'],
  ['dmarc=none header.from=v.example; dkim=pass header.d=v.example', 'pass'],
  ['dmarc=pass', 'unknown'],
  ['dmarc=fail', 'fail'],
  ['spf=pass smtp.mailfrom=vera@v.example; dmarc=fail header.from=v.example', 'fail'],
  ['dmarc=pass header.from=v.example; dmarc=fail header.from=v.example', 'fail'],
] as const)('reads %s', (words, trust) => {
  expect(results(words).trust).toBe(trust);
});

it('believes the trusted server only, of its headers the topmost, and any that disproves', () => {
  const pass = 'dmarc=pass header.from=v.example';
  expect(trustOf(`evil.example; ${pass}`).trust).toBe('unknown');
  expect(trustOf(`"${server}" 1; ${pass}`).trust).toBe('pass');
  expect(trustOf(`${server.toUpperCase()}; ${pass}`).trust).toBe('pass');
  expect(trustOf(`evil.example; ${fails}`, `${server}; ${pass}`).trust).toBe('pass');
  expect(trustOf(`${server}; spf=none`, `${server}; ${pass}`).trust).toBe('unknown');
  expect(trustOf(`${server}; ${pass}`, `${server}; ${fails}`).trust).toBe('fail');
  const headers = { 'authentication-results': [`${server}; ${pass}`] };
  expect(readSenderTrust(headers, 'vera@v.example', null).trust).toBe('unknown');
});

it('disproves also by a header that has no end', () => {
  expect(results(`${fails}; spf=none smtp.mailfrom=x"y`).trust).toBe('fail');
});

it('says whether the domain asks that its forged mail be refused', () => {
  expect(results('dmarc=fail (p=REJECT sp=NONE) header.from=v.example').reject).toBe(true);
  expect(results('dmarc=fail (p=quarantine) header.from=v.example').reject).toBe(true);
  expect(results('dmarc=fail policy.dmarc=reject header.from=v.example').reject).toBe(true);
  expect(results('dmarc=fail (p=NONE sp=REJECT) header.from=v.example').reject).toBe(false);
});
