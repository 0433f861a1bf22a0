import { createHash } from 'node:crypto';
import type { MailKey } from './threads/mail-keys.ts';

export const loopHeader = 'X-Firstline-Loop';

/** Tells this desk's mails from another Firstline's: two desks may write to each other, one never to itself. */
export function deskMark(keys: MailKey[]): string {
  const oldest = keys.at(-1);
  if (!oldest) throw new Error('there is no key to mark mail with');
  return createHash('sha256').update('loop').update(oldest.secret).digest('hex').slice(0, 24);
}
