import { type AuthResult, readAuthResults } from './auth-results.ts';

/**
 * How far a sender is who they say: `pass` (proved), `fail` (disproved), `unknown` (no record, or nobody we trust
 * looked). `reject` tells a `fail` whose domain asks that such mail be refused.
 */
export interface SenderTrust {
  trust: 'pass' | 'fail' | 'unknown';
  reject: boolean;
}

const unknown: SenderTrust = { trust: 'unknown', reject: false };
const pass: SenderTrust = { trust: 'pass', reject: false };

/**
 * Reads `Authentication-Results` (RFC 8601) of the one server we trust. Anybody can write such a header: the ones of
 * other names count for nothing, and of ours only the topmost proves, since it was added last. A `dmarc=fail` in any of
 * ours disproves, whatever else is said.
 */
export function readSenderTrust(
  headers: Record<string, string[]>,
  fromAddress: string,
  trustedId: string | null,
): SenderTrust {
  if (!trustedId) return unknown;
  const own = (headers['authentication-results'] ?? [])
    .map(readAuthResults)
    .filter((one) => one.id === trustedId.toLowerCase());
  const from = domainOf(fromAddress);
  const failed = own.flatMap((one) => one.results).find((one) => isDmarc(one) && disproves(one, from));
  if (failed) return { trust: 'fail', reject: asksForRefusal.test(failed.words) };
  const topmost = own[0]?.isWhole ? own[0].results : [];
  const judged = topmost.filter((one) => isDmarc(one) && /^(pass|fail)$/.test(one.result));
  // Where DMARC has judged, though it be another domain than the one we read, nothing else is heard.
  const proves = judged.length > 0 ? judged.every(provesFrom(from)) : topmost.some(provesDomain(from));
  return proves ? pass : unknown;
}

const isDmarc = ({ method }: AuthResult): boolean => method === 'dmarc';
const asksForRefusal = /\b(p|policy\.dmarc|policy)\s*=\s*(reject|quarantine)\b/i;

/** One that does not say clearly of which domain it speaks speaks of this one. */
function disproves({ result, properties }: AuthResult, from: string): boolean {
  const of = properties.get('header.from')?.toLowerCase() || from;
  return result === 'fail' && (isWithin(from, of) || isWithin(of, from));
}

const provesFrom =
  (from: string) =>
  ({ result, properties }: AuthResult): boolean =>
    result === 'pass' && isWithin(from, properties.get('header.from') ?? '');

const provesDomain =
  (from: string) =>
  ({ method, result, properties }: AuthResult): boolean => {
    if (result !== 'pass') return false;
    const signed = properties.get('header.d') ?? domainOf(properties.get('header.i') ?? '');
    if (method === 'dkim') return isWithin(from, signed);
    return method === 'spf' && isWithin(from, domainOf(properties.get('smtp.mailfrom') ?? ''));
  };

/** The same domain, or one below it: who speaks for a domain speaks for its parts, never a part for the whole. */
function isWithin(domain: string, whole: string): boolean {
  const above = whole.toLowerCase();
  return domain !== '' && (domain === above || (above.includes('.') && domain.endsWith(`.${above}`)));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
