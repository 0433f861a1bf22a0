/**
 * How far a sender is who they say: `pass` (proved), `fail` (disproved), `unknown` (no record, or nobody we trust
 * looked). `reject` tells a `fail` whose domain asks that such mail be refused.
 */
export interface SenderTrust {
  trust: 'pass' | 'fail' | 'unknown';
  reject: boolean;
}

const unknown: SenderTrust = { trust: 'unknown', reject: false };

/**
 * Reads `Authentication-Results` (RFC 8601) of the one server we trust. Anybody can write such a header, so the
 * ones of other names count for nothing, and of ours only the topmost: it was added last.
 */
export function readSenderTrust(
  headers: Record<string, string[]>,
  fromAddress: string,
  trustedId: string | null,
): SenderTrust {
  if (!trustedId) return unknown;
  const own = (headers['authentication-results'] ?? [])
    .map(splitResults)
    .find((one) => one.id === trustedId.toLowerCase());
  if (!own) return unknown;
  const from = domainOf(fromAddress);
  const dmarc = own.results.find((one) => one.method === 'dmarc');
  if (dmarc?.result === 'pass' && isAligned(dmarc.properties['header.from'] ?? from, from))
    return { trust: 'pass', reject: false };
  if (dmarc?.result === 'fail')
    return {
      trust: 'fail',
      reject: /\b(p|policy\.dmarc|policy)\s*=\s*(reject|quarantine)\b/i.test(dmarc.text),
    };
  return own.results.some((one) => provesDomain(one, from)) ? { trust: 'pass', reject: false } : unknown;
}

interface Result {
  method: string;
  result: string;
  properties: Record<string, string>;
  text: string;
}

function splitResults(header: string): { id: string; results: Result[] } {
  const [id = '', ...parts] = header.slice(0, 10_000).split(';');
  const results = parts.map((part) => {
    const text = part.trim();
    const [, method = '', result = ''] = /^([\w-]+)\s*=\s*(\w+)/.exec(text) ?? [];
    const properties: Record<string, string> = {};
    for (const found of text.replace(/\([^()]*\)/g, ' ').matchAll(/([\w.-]+)\s*=\s*"?([^\s";]+)/g)) {
      properties[(found[1] ?? '').toLowerCase()] = found[2] ?? '';
    }
    return { method: method.toLowerCase(), result: result.toLowerCase(), properties, text };
  });
  return { id: (id.trim().split(/\s/)[0] ?? '').toLowerCase(), results };
}

function provesDomain(result: Result, from: string): boolean {
  if (result.result !== 'pass') return false;
  if (result.method === 'dkim')
    return isAligned(result.properties['header.d'] ?? domainOf(result.properties['header.i'] ?? ''), from);
  if (result.method === 'spf') return isAligned(domainOf(result.properties['smtp.mailfrom'] ?? ''), from);
  return false;
}

/** The same domain, or one below the other. */
function isAligned(one: string, other: string): boolean {
  const a = one.toLowerCase();
  const b = other.toLowerCase();
  if (!a.includes('.') || !b.includes('.')) return a !== '' && a === b;
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
