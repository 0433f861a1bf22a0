import { domainToASCII } from 'node:url';

/**
 * The one spelling of a sender's address by which they are known: lower case, the domain in ASCII. Null when it is
 * no address a customer can have.
 */
export function addressKey(address: string): string | null {
  const text = address.trim().normalize('NFC').toLowerCase();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1).normalize('NFKC')).replace(/\.$/, '');
  if (at < 1 || text.length > 320 || Buffer.byteLength(local) > 64) return null;
  if (!/^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060\ufeff]+$/u.test(local)) return null;
  if (!/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(domain) || domain.includes('..') || domain.length > 253)
    return null;
  return `${local}@${domain}`;
}
