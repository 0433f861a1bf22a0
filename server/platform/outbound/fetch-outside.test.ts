import dns from 'node:dns';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchOutside, OutsideRefused } from './fetch-outside.ts';
import { isPublicAddress, readNetworks } from './public-address.ts';

const limits = { bytes: 1000, seconds: 2, redirects: 2 };
const none = readNetworks('');
const home = readNetworks('127.0.0.1/32');

const asked: { url: string; headers: http.IncomingHttpHeaders }[] = [];
const server = http.createServer((request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers });
  const to = /^\/to\/(.+)$/.exec(request.url ?? '')?.[1];
  if (to) response.writeHead(302, { location: decodeURIComponent(to) }).end();
  else if (request.url === '/large') response.end(Buffer.alloc(2000));
  else if (request.url === '/never') response.write('a');
  else response.writeHead(200, { 'content-type': 'image/png' }).end('pixels');
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(() => vi.restoreAllMocks());

describe('an address', () => {
  it('is public or not, in every spelling', () => {
    const closed = [
      ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
      ...['169.254.169.254', '100.64.0.1', '192.0.0.170', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
      ...[
        '::',
        '::1',
        '::ffff:127.0.0.1',
        '::ffff:10.0.0.1',
        '::127.0.0.1',
        '64:ff9b::7f00:1',
        '2002:7f00:1::',
      ],
      ...[
        'fe80::1',
        'fec0::1',
        'fc00::1',
        'fd12::1',
        'ff02::1',
        '2001:db8::1',
        'localhost',
        '',
        '2130706433',
      ],
    ];
    expect(closed.filter((address) => isPublicAddress(address, none))).toEqual([]);
    const open = ['93.184.216.34', '172.32.0.1', '192.169.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'];
    expect(open.filter((address) => !isPublicAddress(address, none))).toEqual([]);
    expect(isPublicAddress('10.1.2.3', readNetworks('10.1.0.0/16, fd00::/8'))).toBe(true);
    expect(() => readNetworks('10.1.0.0/16,nowhere')).toThrow('nowhere');
  });
});

describe('what a stranger named', () => {
  it('is brought without a word of who asks', async () => {
    asked.length = 0;
    const { status, contentType, bytes } = await fetchOutside(`${base}/a.png`, limits, home);
    expect([status, contentType, bytes.toString()]).toEqual([200, 'image/png', 'pixels']);
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('is not asked where it is not public, however it is spelt', async () => {
    asked.length = 0;
    const port = base.split(':').at(-1);
    const spelt = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ];
    for (const host of [...spelt, 'localhost', 'LOCALHOST.', '169.254.169.254']) {
      await expect(fetchOutside(`http://${host}:${port}/`, limits)).rejects.toThrow(OutsideRefused);
    }
    expect(asked).toEqual([]);
  });

  it('is not asked by another scheme, or with a password', async () => {
    for (const address of [
      'file:///etc/passwd',
      'ftp://x.example/',
      'data:,x',
      'http://a:b@x.example/',
      'nonsense',
    ]) {
      await expect(fetchOutside(address, limits, home)).rejects.toThrow(OutsideRefused);
    }
  });

  it('is not asked when one of its addresses is private, and is connected to where it was looked up', async () => {
    const lookup = vi.spyOn(dns, 'lookup') as unknown as { mockImplementation(work: unknown): void };
    let answers: { address: string; family: number }[] = [];
    lookup.mockImplementation((_host: string, _options: object, done: (error: null, found: object) => void) =>
      done(null, answers),
    );
    answers = [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    await expect(fetchOutside('http://rebound.example/', limits)).rejects.toThrow('not public');
    answers = [{ address: '127.0.0.1', family: 4 }];
    const there = await fetchOutside(`http://named.example:${base.split(':').at(-1)}/`, limits, home);
    expect(there.bytes.toString()).toBe('pixels');
  });

  it('is followed only so far, and never to where it must not be asked', async () => {
    const to = (address: string) => `${base}/to/${encodeURIComponent(address)}`;
    expect((await fetchOutside(to('/a.png'), limits, home)).bytes.toString()).toBe('pixels');
    await expect(fetchOutside(to('http://10.0.0.1/'), limits, home)).rejects.toThrow('not public');
    await expect(fetchOutside(to('file:///etc/passwd'), limits, home)).rejects.toThrow('http');
    await expect(fetchOutside(to(to(to('/a.png'))), limits, home)).rejects.toThrow('too often');
  });

  it('is cut off when it is too large or too slow', async () => {
    await expect(fetchOutside(`${base}/large`, limits, home)).rejects.toThrow('larger');
    await expect(fetchOutside(`${base}/never`, { ...limits, seconds: 0.2 }, home)).rejects.toThrow('in time');
  });
});
