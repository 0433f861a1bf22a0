import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEventsOfTicket } from '../../../../platform/events/read-events.ts';
import { findCustomerByIdentity } from '../../../customers/index.ts';
import { changeTicket, ticketCare, ticketReads } from '../../../tickets/index.ts';
import { findMail, type MailRow } from '../ledger/mail-row.ts';
import { type MailRoom, openMailRoom, type TestMail, writeMail } from '../mail-room.ts';
import { closeReaders } from '../readers.ts';
import { storeDeliveries } from '../receive-mail.ts';

/** The table of `place-mail.ts`, asked of the whole desk. */

const server = 'mx.desk.example';
const proofs = {
  pass: `${server}; dmarc=pass header.from=customer.example`,
  unknown: '',
  fail: `${server}; dmarc=fail (p=none) header.from=customer.example`,
};
type Trust = keyof typeof proofs;

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom({ env: { TRUSTED_AUTHSERV_ID: server } });
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

interface Talk {
  customer: string;
  ticketId: number;
  headerId: string;
  replyTo: string;
}

let talks = 0;
/** A ticket that somebody new opened and an agent answered. */
async function openTalk(): Promise<Talk> {
  talks += 1;
  const customer = `vera${talks}@customer.example`;
  const { ticketId, headerId } = await room.receive({ from: customer, subject: 'A secret matter' });
  await room.answer(ticketId as number);
  const reply = (await room.outgoing()).at(-1);
  return {
    customer,
    ticketId: ticketId as number,
    headerId: headerId as string,
    replyTo: reply?.replyTo as string,
  };
}

type Way = 'token' | 'borrowed_token' | 'customer_mail' | 'subject' | 'nothing';

function mailOf(talk: Talk, way: Way, trust: Trust): TestMail {
  const proof: Record<string, string> = proofs[trust] ? { 'Authentication-Results': proofs[trust] } : {};
  const headers = { Cc: `copied${talks}@else.example`, ...proof };
  const from = way === 'borrowed_token' ? `mallory${talks}@customer.example` : talk.customer;
  // The receipt of the talk's own first mail must not stand in the way.
  const fresh = way === 'nothing' ? { from: `nora${talks}@customer.example` } : { from };
  const by: Record<Way, TestMail> = {
    token: { to: talk.replyTo },
    borrowed_token: { to: talk.replyTo },
    customer_mail: { headers: { 'In-Reply-To': `<${talk.headerId}>` } },
    subject: { subject: `Re: A secret matter [#${talk.ticketId}]` },
    nothing: {},
  };
  return { ...fresh, ...by[way], headers: { ...headers, ...by[way].headers } };
}

async function ccsOf(ticketId: number): Promise<number[]> {
  return (await ticketReads.getTicketRow(room.desk.db, ticketId)).ccIds;
}

async function receiptsOf({ ticketId }: MailRow): Promise<number> {
  return (await room.outgoing()).filter((row) => row.ticketId === ticketId && row.kind === 'acknowledgement')
    .length;
}

it.each([
  ['token', 'pass', 'joins', 'copies'],
  ['token', 'unknown', 'joins', 'alone'],
  ['token', 'fail', 'held', 'alone'],
  ['borrowed_token', 'pass', 'held', 'alone'],
  ['borrowed_token', 'unknown', 'held', 'alone'],
  ['borrowed_token', 'fail', 'held', 'alone'],
  ['customer_mail', 'pass', 'joins', 'copies'],
  ['customer_mail', 'unknown', 'apart', 'alone'],
  ['customer_mail', 'fail', 'apart', 'alone'],
  ['subject', 'pass', 'joins', 'copies'],
  ['subject', 'unknown', 'apart', 'alone'],
  ['subject', 'fail', 'apart', 'alone'],
  ['nothing', 'pass', 'opens', 'copies'],
  ['nothing', 'unknown', 'opens', 'alone'],
  ['nothing', 'fail', 'opens', 'alone'],
] as const)('by %s, %s: %s, %s', async (way, trust, goes, copies) => {
  const talk = await openTalk();
  const words = async () => (await ticketReads.listMessages(room.desk.db, talk.ticketId)).length;
  const before = await words();
  const mail = await room.receive(mailOf(talk, way, trust));
  expect(mail.trust).toBe(trust);
  const fates = {
    joins: { fate: 'reply', cause: way, ticketId: talk.ticketId },
    held: { fate: 'suspended', cause: 'stranger_with_token', ticketId: talk.ticketId },
    apart: { fate: 'ticket', cause: 'set_apart', detail: `#${talk.ticketId}` },
    opens: { fate: 'ticket', cause: null, detail: null },
  };
  expect(mail).toMatchObject(fates[goes]);
  expect(await words()).toBe(before + (goes === 'joins' ? 1 : 0));
  const copied = await findCustomerByIdentity(room.desk.db, 'email', `copied${talks}@else.example`);
  expect(copied !== null).toBe(copies === 'copies');
  expect(await ccsOf(mail.ticketId as number)).toEqual(copied ? [copied.customerId] : []);
  if (goes !== 'joins' && goes !== 'held') expect(mail.ticketId).not.toBe(talk.ticketId);
  if (goes === 'opens') expect(await receiptsOf(mail)).toBe(trust === 'fail' ? 0 : 1);
});

it('tells whoever works on the new ticket which one its mail names, and touches that one not at all', async () => {
  const talk = await openTalk();
  const before = (await listEventsOfTicket(room.desk.db, talk.ticketId)).length;
  const mail = await room.receive(mailOf(talk, 'subject', 'unknown'));
  const events = await listEventsOfTicket(room.desk.db, mail.ticketId as number);
  expect(events.map((event) => event.type)).toEqual(['ticket.opened', 'message.received', 'mail.set_apart']);
  expect(events.at(-1)?.data).toEqual({ mailId: mail.id, ticketId: talk.ticketId });
  expect(await listEventsOfTicket(room.desk.db, talk.ticketId)).toHaveLength(before);
});

it('holds a machine that only names a ticket, and says which', async () => {
  const talk = await openTalk();
  const away = { ...mailOf(talk, 'customer_mail', 'unknown') };
  away.headers = { ...away.headers, 'Auto-Submitted': 'auto-replied' };
  const cause = { fate: 'suspended', cause: 'auto_mailer', ticketId: talk.ticketId };
  expect(await room.receive(away)).toMatchObject(cause);
  const events = await listEventsOfTicket(room.desk.db, talk.ticketId);
  expect(events.map((event) => event.type)).not.toContain('mail.auto_replied');
});

it('never lets who knows a customer’s address and Message-ID read along', async () => {
  const talk = await openTalk();
  const forged = (headers: Record<string, string>, subject = 'Re: A secret matter'): TestMail => ({
    from: talk.customer,
    envelopeFrom: 'x@attacker.example',
    subject,
    headers: { Cc: 'evil@attacker.example', ...headers },
  });
  await room.receive(forged({}, `Re: A secret matter [#${talk.ticketId}]`));
  await room.receive(forged({ 'In-Reply-To': `<${talk.headerId}>` }));
  await room.receive(forged({}));
  await room.receive({ ...forged({}), to: talk.replyTo });
  await room.desk.settle();
  expect(await findCustomerByIdentity(room.desk.db, 'email', 'evil@attacker.example')).toBeNull();
  const written = await room.outgoing();
  expect(written.flatMap((row) => [...row.recipients, ...row.ccs])).not.toContain('evil@attacker.example');
});

it('finds a customer’s own ticket by a Message-ID that others have taken, too', async () => {
  const talk = await openTalk();
  const taken = { headers: { 'Message-ID': `<${talk.headerId}>` } };
  await room.receive({ from: 'evil@customer.example', subject: 'taken', ...taken });
  const next = mailOf(talk, 'customer_mail', 'pass');
  expect(await room.receive(next)).toMatchObject({ fate: 'reply', ticketId: talk.ticketId });
  const carl = await room.receive({ from: 'carl@customer.example', ...taken });
  const answer = { ...next, from: 'carl@customer.example' };
  expect(await room.receive(answer)).toMatchObject({ fate: 'reply', ticketId: carl.ticketId });
});

it('finds it also when they come together, and when the ticket was merged into another', async () => {
  const talk = await openTalk();
  const home = await openTalk();
  const { desk, inbox } = room;
  const id = `together${talks}@customer.example`;
  const proved = { 'Authentication-Results': proofs.pass };
  const mails: TestMail[] = [
    { from: 'evil@customer.example', headers: { 'Message-ID': `<${id}>` } },
    { from: talk.customer, headers: { 'Message-ID': `<${id}>` } },
    { from: 'evil2@customer.example', headers: { 'Message-ID': `<${id}>` } },
    { from: talk.customer, headers: { 'In-Reply-To': `<${id}>`, ...proved } },
  ];
  const ids = await storeDeliveries(
    desk,
    mails.map((mail) => ({
      inboxId: inbox.id,
      envelopeFrom: mail.from as string,
      envelopeTo: 'support@desk.example',
      remote: '192.0.2.1',
      raw: writeMail(mail),
    })),
  );
  await desk.settle();
  const [, own, , answer] = await Promise.all(ids.map((mailId) => findMail(desk.db, mailId)));
  expect(answer).toMatchObject({ fate: 'reply', cause: 'customer_mail', ticketId: own?.ticketId });
  await desk.run({ kind: 'agent', id: room.agentId }, (cx) =>
    ticketCare.mergeTickets(cx, { from: talk.ticketId, into: home.ticketId }),
  );
  const later = mailOf(talk, 'customer_mail', 'pass');
  expect(await room.receive(later)).toMatchObject({ fate: 'reply', ticketId: home.ticketId });
  // Who was taken out of the conversation there has none here either.
  await desk.run({ kind: 'agent', id: room.agentId }, (cx) =>
    changeTicket(cx, { ticketId: home.ticketId, change: { ccs: [] } }),
  );
  expect(await room.receive(later)).toMatchObject({ fate: 'ticket', cause: null });
});
