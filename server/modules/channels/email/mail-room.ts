import { createTransport } from 'nodemailer';
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../../../../test/desk.ts';
import { sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import { listEventsAfter } from '../../../platform/events/read-events.ts';
import { createStaff } from '../../staff/index.ts';
import { type SendMessage, sendMessage } from '../../tickets/index.ts';
import { createInbox } from '../inboxes/change-inbox.ts';
import { findInbox, type Inbox } from '../inboxes/inbox.ts';
import { findMail, type MailRow } from './ledger/mail-row.ts';
import { composeMail } from './outbox/compose-mail.ts';
import { type OutgoingRow, outgoingColumns } from './outbox/outgoing-row.ts';
import { storeDeliveries } from './receive-mail.ts';

/** An administrator with a token, for what is asked of the API. */
export const adminToken = 'admin-token-of-these-tests';
export const adminEnv = {
  FIRSTLINE_ADMIN_EMAIL: 'root@desk.example',
  FIRSTLINE_ADMIN_PASSWORD: 'correct horse battery',
  FIRSTLINE_API_TOKEN: adminToken,
};

/** For tests: a desk with one inbox and one agent, and mails thrown at it. */
export interface MailRoom {
  desk: TestDesk;
  inbox: Inbox;
  agentId: number;
  /** Delivers at the door's inner side and reads; answers the ledger's row. */
  receive(mail: TestMail): Promise<MailRow>;
  /** The agent's public reply. */
  answer(ticketId: number, more?: Partial<SendMessage>): Promise<{ messageId: number }>;
  /** Newest last. */
  outgoing(): Promise<OutgoingRow[]>;
  raw(row: OutgoingRow): Promise<string>;
  eventTypes(after?: number): Promise<string[]>;
}

export interface TestMail {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  headers?: Record<string, string>;
  envelopeFrom?: string;
  inbox?: Inbox;
  raw?: Buffer;
}

export async function openMailRoom(options: TestDeskOptions = {}): Promise<MailRoom> {
  const desk = await openTestDesk(options);
  const made = await desk.run(system, async (cx) => {
    const { staffId } = await createStaff(cx, {
      name: 'Anna Agent',
      email: 'anna@desk.example',
      role: 'agent',
    });
    const inboxId = await createInbox(cx, {
      name: 'Support',
      addresses: ['support@desk.example', 'help@desk.example'],
    });
    return { staffId, inboxId };
  });
  const inbox = (await findInbox(desk.db, made.inboxId)) as Inbox;
  return {
    desk,
    inbox,
    agentId: made.staffId,
    async receive(mail) {
      const target = mail.inbox ?? inbox;
      const [id] = await storeDeliveries(desk, [
        {
          inboxId: target.id,
          envelopeFrom: mail.envelopeFrom ?? addressIn(mail.from ?? 'cora@customer.example'),
          envelopeTo: addressIn(mail.to ?? (target.addresses[0] as string)),
          remote: '192.0.2.1',
          raw: mail.raw ?? writeMail({ to: target.addresses[0] as string, ...mail }),
        },
      ]);
      await desk.settle();
      return (await findMail(desk.db, id as number)) as MailRow;
    },
    answer: (ticketId, more) =>
      desk.run({ kind: 'agent', id: made.staffId }, (cx) =>
        sendMessage(cx, {
          ticketId,
          author: 'agent',
          authorId: made.staffId,
          public: true,
          message: { text: 'An answer' },
          ...more,
        }),
      ),
    outgoing: () => desk.db.all(sql`select ${outgoingColumns} from outgoing_mails order by id`),
    raw: async (row) => (await composeMail(desk, row)).toString(),
    async eventTypes(after = 0) {
      return (await listEventsAfter(desk.db, after, 1000)).map((event) => event.type);
    },
  };
}

const addressIn = (text: string): string => /<([^>]*)>/.exec(text)?.[1] ?? text;
let counter = 0;

/** A plain mail as bytes, with a Message-ID of its own unless the headers bring one. */
export function writeMail(mail: TestMail): Buffer {
  counter += 1;
  const headers: Record<string, string> = {
    From: mail.from ?? 'Cora Customer <cora@customer.example>',
    To: mail.to ?? 'support@desk.example',
    Subject: mail.subject ?? 'My printer is on fire',
    Date: 'Mon, 02 Mar 2026 09:00:00 +0000',
    'Message-ID': `<m${counter}@customer.example>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...mail.headers,
  };
  const head = Object.entries(headers)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n');
  return Buffer.from(
    `${head}\r\n\r\n${(mail.text ?? 'Please help me with it.').replace(/\r?\n/g, '\r\n')}\r\n`,
  );
}

/** Sends over a real connection; throws what the door answers. */
export async function sendBySmtp(
  port: number,
  envelope: { from: string; to: string[] },
  raw: Buffer,
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope, raw });
  } finally {
    transport.close();
  }
}
