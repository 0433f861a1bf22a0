import type { ReadMail } from './reading/read-mail.ts';

/**
 * Was it sent to a list of our own house? Many a `support@` is a group whose members are the desk and a few colleagues:
 * what is sent to it is sent to us, though every mail has the marks of a list.
 */
export function isOwnGroup({ mail: { headers } }: ReadMail, ownAddresses: ReadonlySet<string>): boolean {
  const own = [...ownAddresses].map((address) => address.slice(address.lastIndexOf('@') + 1));
  const hosts = [...hostsIn(headers['list-id'], listId), ...hostsIn(headers['list-post'], postAddress)];
  return hosts.some((host) => own.some((domain) => host === domain || host.endsWith(`.${domain}`)));
}

/** `Support <support.example.org>` (RFC 2919). */
const listId = /<([^<>\s]+)>\s*$/;
/** `<mailto:support@example.org>` (RFC 2369). */
const postAddress = /<mailto:[^<>\s@?]+@([^<>\s?]+)/i;

/** Of every list it went through. */
const hostsIn = (fields: string[] = [], pattern: RegExp): string[] =>
  fields.flatMap((field) => pattern.exec(field)?.[1]?.toLowerCase() ?? []);
