import { domainToASCII } from 'node:url';

/** A domain as envelopes spell it: in lower case and ASCII. Some write it, and our door hands it on, in its own letters. */
export const asciiDomain = (domain: string): string => (domainToASCII(domain) || domain).toLowerCase();
