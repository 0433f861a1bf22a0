import nodemailer, { type SendMailOptions } from 'nodemailer';
import type { z } from 'zod';
import type { Mail, outgoingShape } from '../../server/modules/channels/contract.ts';
import { inboxAddress } from '../running-desk.ts';
import { ask, type Journey, query, until } from './journey.ts';

export type Outgoing = z.infer<typeof outgoingShape>;

/** Sends a mail to the desk as a customer's mail program does; answers its Message-ID. */
export async function sendMail(journey: Journey, mail: SendMailOptions): Promise<string> {
  const { host, port } = journey.smtp;
  const transport = nodemailer.createTransport({ host, port, secure: false, ignoreTLS: true });
  try {
    const words = mail.html === undefined ? { text: 'Can you help me?' } : {};
    const sent = await transport.sendMail({ to: inboxAddress, ...words, ...mail });
    return sent.messageId;
  } finally {
    transport.close();
  }
}

/** What became of the one mail with this subject, once the desk has read it. */
export async function fateOf(journey: Journey, subject: string): Promise<Mail> {
  return until(`a fate for the mail "${subject}"`, async () => {
    const address = `/mail/ledger?${query({ q: subject })}`;
    const { items } = await ask<{ items: Mail[] }>(journey, 'GET', address);
    return items.find((mail) => mail.subject === subject && mail.fate !== 'received');
  });
}

/** Sends a mail and answers the ticket it became or joined. */
export async function mailIn(journey: Journey, mail: SendMailOptions & { subject: string }): Promise<number> {
  await sendMail(journey, mail);
  const { ticketId, fate, cause } = await fateOf(journey, mail.subject);
  if (ticketId === null) throw new Error(`the mail became no ticket: ${fate}, ${cause}`);
  return ticketId;
}

export async function outgoingOf(journey: Journey, ticketId: number): Promise<Outgoing[]> {
  const { items } = await ask<{ items: Outgoing[] }>(
    journey,
    'GET',
    `/outbox?${query({ ticket: ticketId })}`,
  );
  return items;
}

/** The first mail of this kind that the desk sends for a ticket. */
export async function outgoingMail(
  journey: Journey,
  ticketId: number,
  kind: Outgoing['kind'],
): Promise<Outgoing> {
  return until(`a ${kind} for ticket ${ticketId}`, async () =>
    (await outgoingOf(journey, ticketId)).find((mail) => mail.kind === kind),
  );
}

/** The bytes the desk sends, as text. */
export async function rawOutgoing(journey: Journey, id: number): Promise<string> {
  const response = await fetch(`${journey.url}/api/desk/v1/outbox/${id}/raw`, {
    headers: { authorization: `Bearer ${journey.token}` },
  });
  if (!response.ok) throw new Error(`outgoing mail ${id} has no bytes: ${response.status}`);
  return response.text();
}

/** How a mail program answers that mail: to its Reply-To, within its thread. */
export async function answerTo(journey: Journey, mail: Outgoing): Promise<SendMailOptions> {
  const head = (await rawOutgoing(journey, mail.id)).replace(/\r\n[ \t]+/g, ' ').split('\r\n\r\n')[0] ?? '';
  const field = (name: string) => new RegExp(`^${name}: *(.+)$`, 'im').exec(head)?.[1]?.trim();
  return {
    to: field('Reply-To') ?? field('From'),
    subject: `Re: ${mail.subject}`,
    inReplyTo: field('Message-ID'),
    references: [field('References'), field('Message-ID')].filter(Boolean).join(' '),
  };
}
