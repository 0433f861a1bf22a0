import type { SenderTrust } from '../sender-trust.ts';
import type { FoundBy, Thread } from './find-thread.ts';

/** What becomes of a mail that no screen holds. */
export interface Place {
  /** `opens`: a ticket of its own, even when it says where it belongs. `held`: a person decides in the ledger. */
  goes: 'joins' | 'opens' | 'held';
  /** Whom it went to besides comes in copy. */
  copies: boolean;
  /** Where it opens a ticket, its sender may hear of it. */
  receipt: boolean;
}

const held: Place = { goes: 'held', copies: false, receipt: false };
const joins: Place = { goes: 'joins', copies: false, receipt: true };
const joinsWithCopies: Place = { ...joins, copies: true };
const opens: Place = { goes: 'opens', copies: false, receipt: true };
const opensWithCopies: Place = { ...opens, copies: true };
const opensSilently: Place = { ...opens, receipt: false };

/**
 * By how the ticket was found, and how far the sender is proved. A token is ours and secret; a Message-ID and a number
 * are not, so they need a proved sender. Nobody unproved brings others in: they would read what is answered.
 */
const places: Record<FoundBy | 'nothing', Record<SenderTrust['trust'], Place>> = {
  token: { pass: joinsWithCopies, unknown: joins, fail: held },
  borrowed_token: { pass: held, unknown: held, fail: held },
  customer_mail: { pass: joinsWithCopies, unknown: opens, fail: opensSilently },
  subject: { pass: joinsWithCopies, unknown: opens, fail: opensSilently },
  nothing: { pass: opensWithCopies, unknown: opens, fail: opensSilently },
  person: { pass: joins, unknown: joins, fail: joins },
};

/** `released`: a person let it in, so it goes where it says, and nobody is told by a machine. */
export function placeMail(
  thread: Thread | null,
  trust: SenderTrust['trust'],
  { released = false }: { released?: boolean },
): Place {
  const place = places[released && thread ? 'person' : (thread?.by ?? 'nothing')][trust];
  return released ? { ...place, receipt: false } : place;
}
