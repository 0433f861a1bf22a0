import type { CommandContext } from '../../../platform/command.ts';
import { findOrCreateCustomer } from '../../customers/index.ts';
import { changeTicket, ticketReads } from '../../tickets/index.ts';
import { addressKey } from './address-key.ts';
import { findAddresses } from './find-addresses.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { fromAddressOf } from './screen-mail.ts';

const mostCopied = 20;

/** Who else a mail went to, never ourselves and never its sender. */
export function otherRecipients(
  letter: ReadMail,
  ownAddresses: ReadonlySet<string>,
): { address: string; name: string }[] {
  const sender = fromAddressOf(letter);
  const found = new Map<string, { address: string; name: string }>();
  for (const { address, name } of [...letter.mail.to, ...letter.mail.cc]) {
    const plain = addressKey(address);
    if (!plain || plain === sender || ownAddresses.has(plain.replace(/\+[^@]*@/, '@'))) continue;
    if (/@[^@]+\.[^@]+$/.test(plain)) found.set(plain, { address: plain, name: name.slice(0, 200) });
  }
  return [...found.values()].slice(0, mostCopied);
}

/** The customers in copy of a new ticket's first mail, made where they are new. */
export async function copiedAddresses(
  cx: CommandContext,
  letter: ReadMail,
  ownAddresses: ReadonlySet<string>,
): Promise<number[]> {
  const ids: number[] = [];
  // In one order everywhere, so that two commands creating the same people cannot deadlock.
  for (const { address, name } of otherRecipients(letter, ownAddresses).sort((a, b) =>
    a.address < b.address ? -1 : 1,
  )) {
    ids.push(
      (await findOrCreateCustomer(cx, { kind: 'email', value: address, ...(name ? { name } : {}) }))
        .customerId,
    );
  }
  return ids;
}

/** Somebody on the ticket copied others in; who comes in now sees nothing said before. */
export async function addCcs(
  cx: CommandContext,
  ticketId: number,
  letter: ReadMail,
  ownAddresses: ReadonlySet<string>,
): Promise<void> {
  const others = otherRecipients(letter, ownAddresses).map((one) => one.address);
  if (others.length === 0) return;
  const ticket = await ticketReads.getTicketRow(cx.tx, ticketId);
  const present = await findAddresses(cx.tx, [ticket.requesterId, ...ticket.ccIds]);
  const known = new Set([...present.values()].flat());
  if (others.every((address) => known.has(address))) return;
  // Made here where they are new, by the names the mail gives them: below they are addresses alone.
  await copiedAddresses(cx, letter, ownAddresses);
  const kept = ticket.ccIds.flatMap((id) => present.get(id)?.[0] ?? []);
  await changeTicket(cx, { ticketId, change: { ccs: [...new Set([...kept, ...others])].slice(0, 48) } });
}
