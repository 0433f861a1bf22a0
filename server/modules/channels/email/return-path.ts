import { asciiDomain } from './ascii-domain.ts';

/**
 * Whether what is sent to an address in answer reaches the house that sent the mail. The return path's local part is
 * free: mailing programs write a new one for every mail.
 */
export function isOfOneHouse(returnPath: string, address: string): boolean {
  const house = houseOf(rewritten(returnPath) ?? domainOf(returnPath));
  return house !== '' && house === houseOf(domainOf(address));
}

/** Behind a server that forwards, the return path is the server's and names the sender's inside (SRS). */
function rewritten(returnPath: string): string | null {
  const found = /^srs(?:0|1[=+-][^=]+=[^=]+=)[=+-][^=]+=[^=]+=([^=]+)=/i.exec(returnPath);
  return found?.[1]?.toLowerCase() ?? null;
}

/** Under many countries' names a house has the third part: `shop.co.uk`. */
const publicSecondLevel = /^(ac|co|com|edu|go|gob|gouv|gov|gub|id|ltd|me|mil|ne|net|nom|or|org|plc|sch)$/;

/** `mail.shop.example` and `shop.example` are one house. By a simple rule, not by the list of public suffixes. */
function houseOf(domain: string): string {
  const labels = domain.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const parts = labels.length > 2 && top.length === 2 && publicSecondLevel.test(second) ? 3 : 2;
  return labels.slice(-parts).join('.');
}

const domainOf = (address: string): string => asciiDomain(address.slice(address.lastIndexOf('@') + 1));
