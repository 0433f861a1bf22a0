import { type BlockList, isIPv4 } from 'node:net';

const plainOf = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

export function isIn(networks: BlockList, address: string): boolean {
  const plain = plainOf(address);
  return networks.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
}

/** One IPv6 customer has a whole /64 to come from. */
export function networkOf(address: string): string {
  const plain = plainOf(address);
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':').filter(Boolean)]
    .slice(0, 4)
    .join(':');
}
