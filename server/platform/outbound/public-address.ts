import net from 'node:net';

/** Networks that are not the public internet, by the registries of special-purpose addresses (RFC 6890 and later). */
const special: [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

const blocked = new net.BlockList();
for (const [network, prefix] of special)
  blocked.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (net.isIPv4(address) ? 'ipv4' : 'ipv6');

/** The networks of one's own that may be asked all the same, as `10.1.0.0/16,fd00::/8`. @throws what is none */
export function readNetworks(text: string): net.BlockList {
  const list = new net.BlockList();
  for (const part of text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [address = '', prefix = net.isIPv4(address) ? '32' : '128'] = part.split('/');
    if (net.isIP(address) === 0 || !/^\d{1,3}$/.test(prefix)) throw new Error(`${part} is no network`);
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

/** May the desk ask this address for something a stranger named? Loopback, neighbours and clouds' secrets it may not. */
export function isPublicAddress(address: string, allowed: net.BlockList): boolean {
  if (net.isIP(address) === 0) return false;
  const family = familyOf(address);
  return allowed.check(address, family) || !blocked.check(address, family);
}
