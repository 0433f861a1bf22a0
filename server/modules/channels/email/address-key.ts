import { identities } from '../../customers/index.ts';

/** The one spelling of a sender's address by which they are known; null when it is no address a customer can have. */
export const addressKey = (address: string): string | null => identities.key('email', address);
