import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { isPublicAddress } from './public-address.ts';

export interface OutsideLimits {
  bytes: number;
  seconds: number;
  /** Each is asked like the first. */
  redirects: number;
}

export interface Outside {
  status: number;
  contentType: string;
  bytes: Buffer;
}

/** Why something outside was not brought; the message is for a person. */
export class OutsideRefused extends Error {}

/**
 * Asks an address that a stranger named, without telling it who asks: no cookie, no referrer. The name is resolved once
 * and that very address is connected to; private ones, and whatever a redirect leads to, are refused the same way.
 */
export async function fetchOutside(
  address: string,
  limits: OutsideLimits,
  allowed: net.BlockList = new net.BlockList(),
): Promise<Outside> {
  const signal = AbortSignal.timeout(limits.seconds * 1000);
  let url = readUrl(address);
  for (let left = limits.redirects; ; left--) {
    const { answer, next } = await ask(url, limits.bytes, allowed, signal);
    if (!next) return answer;
    if (left === 0) throw new OutsideRefused('it was sent on too often');
    url = readUrl(new URL(next, url).href);
  }
}

function readUrl(address: string): URL {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw new OutsideRefused('only http and https are asked');
  if (url.username !== '' || url.password !== '')
    throw new OutsideRefused('an address with a password is not asked');
  return url;
}

/** How many are asked at once; the others wait, and their time runs. */
const most = { maxTotalSockets: 16 };
const plain = { transport: http, agent: new http.Agent(most) };
const secure = { transport: https, agent: new https.Agent(most) };

interface Asked {
  answer: Outside;
  /** Where it is said to be instead. */
  next: string | null;
}

function ask(url: URL, mostBytes: number, allowed: net.BlockList, signal: AbortSignal): Promise<Asked> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (net.isIP(host) !== 0 && !isPublicAddress(host, allowed))
    throw new OutsideRefused('this address is not public');
  const { transport, agent } = url.protocol === 'https:' ? secure : plain;
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(error instanceof OutsideRefused ? error : explain(error));
    const request = transport.get(
      url,
      {
        signal,
        agent,
        lookup: publicLookup(allowed),
        headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Firstline' },
      },
      (response) => {
        const { statusCode: status = 0, headers } = response;
        if (status >= 300 && status < 400 && headers.location) {
          response.destroy();
          resolve({ answer: { status, contentType: '', bytes: Buffer.alloc(0) }, next: headers.location });
          return;
        }
        readBody(response, mostBytes).then(
          (bytes) =>
            resolve({ answer: { status, contentType: headers['content-type'] ?? '', bytes }, next: null }),
          refuse,
        );
      },
    );
    request.on('error', refuse);
  });
}

async function readBody(response: http.IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) {
      response.destroy();
      throw new OutsideRefused(`it is larger than ${mostBytes} bytes`);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** All addresses of a name must be public: one that is both is a trap. */
function publicLookup(allowed: net.BlockList): net.LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !isPublicAddress(address, allowed)))
        return callback(new OutsideRefused('this address is not public'), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

const explain = (error: Error): OutsideRefused =>
  new OutsideRefused(
    error.name === 'AbortError' || error.name === 'TimeoutError'
      ? 'it did not answer in time'
      : 'it cannot be reached',
  );
