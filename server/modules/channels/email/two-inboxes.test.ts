import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import { ticketReads } from '../../tickets/index.ts';
import { newInboxBody } from '../contract.ts';
import { createInbox } from '../inboxes/change-inbox.ts';
import { findInbox, type Inbox } from '../inboxes/inbox.ts';
import { findMail, type MailRow } from './ledger/mail-row.ts';
import { listenSmtp, type SmtpDoor } from './listen-smtp.ts';
import { type MailRoom, openMailRoom, sendBySmtp, writeMail } from './mail-room.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
let door: SmtpDoor;
let billing: Inbox;
beforeAll(async () => {
  room = await openMailRoom();
  const { desk } = room;
  const id = await desk.run(system, (cx) =>
    createInbox(cx, { name: 'Billing', addresses: ['billing@desk.example'] }),
  );
  billing = (await findInbox(desk.db, id)) as Inbox;
  door = await listenSmtp(desk, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await door.close();
  await room.desk.close();
  await closeReaders();
});

async function arrive(to: string[], raw: Buffer): Promise<MailRow[]> {
  const last = await room.desk.db.one<{ id: number }>(sql`select coalesce(max(id), 0) as id from mails`);
  await sendBySmtp(door.port, { from: 'cora@customer.example', to }, raw);
  await room.desk.settle();
  const rows = await room.desk.db.all<{ id: number }>(
    sql`select id from mails where id > ${last.id} order by id`,
  );
  return Promise.all(rows.map(async ({ id }) => (await findMail(room.desk.db, id)) as MailRow));
}

it('gives a mail to two inboxes to each of them once, and puts neither in copy', async () => {
  const headers = { Cc: 'billing@desk.example' };
  const raw = writeMail({ to: 'support@desk.example, help@desk.example', headers });
  const all = ['support@desk.example', 'billing@desk.example', 'help@desk.example'];
  const mails = await arrive(all, raw);
  expect(mails.map(({ fate, inboxId }) => [fate, inboxId])).toEqual([
    ['ticket', room.inbox.id],
    ['ticket', billing.id],
  ]);
  for (const { ticketId } of mails) {
    expect(await ticketReads.getTicketRow(room.desk.db, ticketId as number)).toMatchObject({ ccIds: [] });
    const messages = await ticketReads.listMessages(room.desk.db, ticketId as number);
    expect(messages.filter(({ authorKind }) => authorKind === 'customer')).toHaveLength(1);
  }
  // The sender's server did not hear the answer and sends it again.
  const again = await arrive(all, raw);
  expect(again.map(({ fate, duplicateOf }) => [fate, duplicateOf])).toEqual(
    mails.map(({ id }) => ['duplicate', id]),
  );
});

it('takes nobody’s mail for a copy because somebody else used its Message-ID', async () => {
  const headers = { 'Message-ID': '<one@customer.example>' };
  const [first] = await arrive(['support@desk.example'], writeMail({ headers }));
  const [second] = await arrive(
    ['support@desk.example'],
    writeMail({ from: 'Otto <otto@other.example>', headers }),
  );
  expect(second).toMatchObject({ fate: 'ticket', flags: ['message_id_reused'] });
  expect(second?.ticketId).not.toBe(first?.ticketId);
});

it('hears an inbox whose domain has letters of its own, in either spelling, and answers there', async () => {
  const { desk } = room;
  const id = await desk.run(system, (cx) =>
    createInbox(cx, newInboxBody.parse({ name: 'Hilfe', addresses: ['Hilfe@Bücher.example'] })),
  );
  expect((await findInbox(desk.db, id))?.addresses).toEqual(['hilfe@xn--bcher-kva.example']);
  const spellings = ['hilfe@xn--bcher-kva.example', 'hilfe@bücher.example'];
  for (const [n, to] of spellings.entries()) {
    const from = `max${n}@xn--mller-kva.example`;
    const raw = writeMail({ from: `max${n}@müller.example`, to: spellings.join(', '), text: to });
    const last = await desk.db.one<{ id: number }>(sql`select max(id) as id from mails`);
    await sendBySmtp(door.port, { from, to: [to] }, raw);
    await desk.settle();
    const mail = (await findMail(desk.db, last.id + 1)) as MailRow;
    expect(mail).toMatchObject({ fate: 'ticket', inboxId: id, fromAddress: from });
    const receipt = (await room.outgoing()).at(-1);
    expect(receipt).toMatchObject({ kind: 'acknowledgement', ticketId: mail.ticketId, recipients: [from] });
    await sendBySmtp(
      door.port,
      { from, to: [receipt?.replyTo as string] },
      writeMail({ from, subject: 'more' }),
    );
    await desk.settle();
    expect(await findMail(desk.db, last.id + 2)).toMatchObject({ fate: 'reply', ticketId: mail.ticketId });
    // Nobody is in copy of a mail to ourselves.
    expect((await ticketReads.getTicketRow(desk.db, mail.ticketId as number)).ccIds).toEqual([]);
  }
});
