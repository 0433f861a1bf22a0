import type { Desk } from '../../../platform/desk.ts';
import { findInboxOfAddress } from '../inboxes/inbox.ts';
import { readMailKeys } from './threads/mail-keys.ts';
import { readPlusToken, splitAddress } from './threads/mail-tokens.ts';

/** Answers the inbox a mail for this address goes to: an inbox's own address, or one with a token we signed. */
export type FindRecipient = (address: string) => Promise<number | null>;

const knownMilliseconds = 2000;

export function createRecipients(desk: Desk): FindRecipient {
  const known = new Map<string, { inboxId: number; until: number }>();

  async function findInboxId(address: string): Promise<number | null> {
    const before = known.get(address);
    if (before && before.until > Date.now()) return before.inboxId;
    const inbox = await findInboxOfAddress(desk.db, address);
    known.delete(address);
    if (!inbox) return null;
    known.set(address, { inboxId: inbox.id, until: Date.now() + knownMilliseconds });
    return inbox.id;
  }

  return async (full) => {
    const { address, plus } = splitAddress(full);
    const inboxId = await findInboxId(address);
    if (inboxId === null || plus === null) return inboxId;
    return readPlusToken(await readMailKeys(desk.db), inboxId, plus) ? inboxId : null;
  };
}
