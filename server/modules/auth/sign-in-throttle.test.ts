import { expect, it } from 'vitest';
import { createThrottle } from './sign-in-throttle.ts';

function openThrottle() {
  let now = 0;
  const throttle = createThrottle(() => now);
  const fails = (account: string, address: string, trusted = false) =>
    throttle.attempt({ account, address, trusted }).waitSeconds === null;
  return { throttle, fails, pass: (seconds: number) => (now += seconds) };
}

it('lets five failures of an address on an account through, then one a minute', () => {
  const { fails, pass } = openThrottle();
  const first = Array.from({ length: 8 }, () => fails('a', '192.0.2.1'));
  expect(first).toEqual([true, true, true, true, true, false, false, false]);
  pass(60);
  expect([fails('a', '192.0.2.1'), fails('a', '192.0.2.1')]).toEqual([true, false]);
});

it('counts a whole IPv6 network, and an IPv4 address however it is written, as one', () => {
  const { fails } = openThrottle();
  for (let host = 1; host <= 5; host++) expect(fails('a', `2001:db8:1:2::${host}`)).toBe(true);
  expect(fails('a', '2001:db8:1:2:ffff:0:0:9')).toBe(false);
  expect(fails('a', '2001:db8:1:3::1')).toBe(true);
  for (let n = 0; n < 5; n++) expect(fails('b', '192.0.2.1')).toBe(true);
  expect(fails('b', '::ffff:192.0.2.1')).toBe(false);
});

it('stops an address that goes through many accounts', () => {
  const { fails } = openThrottle();
  const through = Array.from({ length: 100 }, (_, n) => fails(`account ${n}`, '192.0.2.1')).filter(Boolean);
  expect(through).toHaveLength(40);
  expect(fails('account 0', '192.0.2.2')).toBe(true);
});

it('leaves a new address one try at an account under attack, and its known browsers more', () => {
  const { fails, throttle } = openThrottle();
  const through = Array.from({ length: 1000 }, (_, n) => fails('a', `10.0.${n % 20}.1`)).filter(Boolean);
  expect(through.length).toBeLessThanOrEqual(50);
  const owner = throttle.attempt({ account: 'a', address: '198.51.100.1', trusted: false });
  expect(owner.waitSeconds).toBeNull();
  if (owner.waitSeconds === null) owner.forgive();
  expect(fails('a', '198.51.100.1')).toBe(true);
  expect(fails('a', '198.51.100.1')).toBe(false);
  expect(Array.from({ length: 12 }, () => fails('a', '10.0.1.1', true)).filter(Boolean)).toHaveLength(10);
  expect(fails('another', '10.0.19.1')).toBe(true);
});
