import { domainToASCII } from 'node:url';
import type { IdentityKind } from './events.ts';

const controls = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060\ufeff]/u;
const longest = 320;

/**
 * The one form that all spellings of an identity share, by which it is unique; null when the value is none.
 *
 * - email: trimmed, lower case, composed; the domain in ASCII (`Müller@BÜCHER.example` is
 *   `müller@xn--bcher-kva.example`). Plus-parts and dots stay: only the provider knows what they mean.
 * - phone: `+` and 5 to 15 digits when international (`00` is `+`), else the digits.
 * - social: `network:handle`, lower case. - external: as it is, trimmed.
 */
export function identityKey(kind: IdentityKind, value: string): string | null {
  const text = value.trim();
  if (text === '' || text.length > longest || controls.test(text)) return null;
  if (kind === 'email') return emailKey(text);
  if (kind === 'phone') return phoneKey(text);
  return kind === 'social' ? text.normalize('NFKC').toLowerCase() : text.normalize('NFC');
}

const kinds = ['email', 'phone', 'social', 'external'] as const satisfies IdentityKind[];

/** The forms a value is known by when nobody has said what kind it is of. */
export function identityKeys(value: string): string[] {
  return [...new Set(kinds.flatMap((kind) => identityKey(kind, value) ?? []))];
}

/** The domain of an email key. */
export const domainOf = (emailKeyed: string): string => emailKeyed.slice(emailKeyed.lastIndexOf('@') + 1);

/** A domain as keys hold it, or null. */
export function domainKey(domain: string): string | null {
  const ascii = domainToASCII(
    domain.trim().normalize('NFKC').toLowerCase().replace(/^@/, '').replace(/\.$/, ''),
  );
  return /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(ascii) && !ascii.includes('..') && ascii.length <= 253
    ? ascii
    : null;
}

function emailKey(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).normalize('NFC').toLowerCase();
  const domain = domainKey(text.slice(at + 1));
  if (at < 1 || domain === null || Buffer.byteLength(local) > 64) return null;
  return /^[^\s@<>()[\]\\,;:"]+$/u.test(local) ? `${local}@${domain}` : null;
}

function phoneKey(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/(?:ext|x)\.?\s*\d+$/i, '')
    .replace(/[\s().\-/‐-―]/gu, '');
  const [, plus, digits] = /^(\+|00)?(\d{3,15})$/.exec(plain) ?? [];
  if (!digits || (plus && digits.length < 5)) return null;
  return plus ? `+${digits}` : digits;
}
