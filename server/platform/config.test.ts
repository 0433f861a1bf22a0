import { expect, it } from 'vitest';
import { readConfig, StartRefused } from './config.ts';

it.each([
  ['a port that is none', { PORT: 'x' }, /^PORT: /],
  ['an address that is none', { SMTP_LISTEN: 'here' }, /^SMTP_LISTEN: needs host:port/],
  ['a mail port that is none', { SMTP_LISTEN: '127.0.0.1:99999' }, /^SMTP_LISTEN: needs a port/],
  ['a public address without its kind', { PUBLIC_URL: 'desk.example' }, /^PUBLIC_URL: needs .*https:/],
  [
    'a token of nobody',
    { FIRSTLINE_API_TOKEN: 'a-token-of-the-operator' },
    /^FIRSTLINE_API_TOKEN is the first/,
  ],
  ['a zone that is none', { DESK_TIME_ZONE: 'Mars/Base' }, /^DESK_TIME_ZONE: is not a time zone/],
  ['a database of another kind', { DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL: /],
  ['a mode without a database', { MODE: 'web' }, /MODE=web needs DATABASE_URL/],
  ['half an admin', { FIRSTLINE_ADMIN_EMAIL: 'ann@desk.example' }, /go together/],
  ['proxies that are none', { TRUSTED_PROXIES: 'the proxy' }, /^TRUSTED_PROXIES: /],
  ['a path of a host', { PUBLIC_URL: 'https://example.org/desk/' }, /^PUBLIC_URL: needs a whole host/],
])('refuses %s', (_name, env, line) => {
  expect(() => readConfig(env)).toThrow(StartRefused);
  expect(() => readConfig(env)).toThrow(line);
});

it('takes nothing for unset, and the address people use from the port', () => {
  const config = readConfig({ PORT: '8080', SMTP_LISTEN: 'off', DATABASE_URL: '' });
  expect(config).toMatchObject({
    port: 8080,
    publicUrl: 'http://localhost:8080',
    smtpListen: null,
    databaseUrl: null,
    mode: 'all',
  });
});
