import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Desk } from '../../../platform/desk.ts';
import { refuseDoor } from '../../../platform/refuse-door.ts';
import { createByteRoom } from './byte-room.ts';
import { watchDiskSpace } from './disk-space.ts';
import { type DoorLimits, doorLimits, largestMail } from './door-limits.ts';
import { createReceiver, type Delivery } from './receive-mail.ts';
import { createRecipients } from './recipients.ts';
import { badAddress, diskFull, noSuchInbox, refusalOf, tryLater } from './refusals.ts';
import { createSenderLimits } from './sender-limits.ts';
import { createSessionPace } from './session-pace.ts';
import { findTlsKeys } from './tls-keys.ts';
import { withData } from './with-data.ts';

export interface SmtpDoor {
  port: number;
  close(): Promise<void>;
}

/** Opens the door for mail. Nothing is answered with 250 before it is committed. */
export async function listenSmtp(
  desk: Desk,
  at: { host: string; port: number },
  granted: DoorLimits = doorLimits,
): Promise<SmtpDoor> {
  const keys = await findTlsKeys(desk.config.folder);
  const limits = createSenderLimits();
  const hasSpace = watchDiskSpace(desk.config.folder, granted.spareBytes);
  const findRecipient = createRecipients(desk);
  const receiver = createReceiver(desk);
  const inboxesOf = new WeakMap<object, number>();
  const counted = new WeakSet<SMTPServerSession>();
  const room = createByteRoom(granted.roomBytes);
  const pace = createSessionPace(() => server, granted.envelopeMilliseconds);

  async function takeMail(raw: Buffer, session: SMTPServerSession): Promise<void> {
    limits.takeMail(session.remoteAddress);
    const deliveries = new Map<number, Delivery>();
    for (const recipient of session.envelope.rcptTo) {
      const inboxId = inboxesOf.get(recipient);
      if (inboxId === undefined) throw tryLater();
      // Two addresses of one inbox are one delivery.
      if (!deliveries.has(inboxId))
        deliveries.set(inboxId, deliveryOf(session, recipient.address, inboxId, raw));
    }
    await receiver.receive([...deliveries.values()]);
  }

  async function takeData(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    pace.rest(session);
    const taking = { room, limits: granted, declaredBytes: declaredBytes(session) };
    await withData(stream, taking, (raw) => takeMail(raw, session)).finally(() => pace.expectMail(session));
  }

  const server = new SMTPServer({
    ...keys,
    name: 'firstline',
    banner: 'Firstline',
    size: largestMail,
    maxRecipients: 50,
    maxClients: 1000,
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'WIZ', 'SHELL', 'KILL', ...(keys ? [] : ['STARTTLS'])],
    hideSTARTTLS: !keys,
    socketTimeout: granted.idleMilliseconds,
    closeTimeout: 2_000,
    logger: false,
    onConnect: (session, done) =>
      answer(done, () => {
        limits.connect(session.remoteAddress);
        counted.add(session);
        pace.expectMail(session);
      }),
    onClose: (session) => {
      pace.rest(session);
      if (counted.delete(session)) limits.leave(session.remoteAddress);
    },
    onMailFrom: (address, _session, done) =>
      answer(done, async () => {
        refuseUnreadable(address.address);
        if (!(await hasSpace())) throw diskFull();
      }),
    onRcptTo: (address, session, done) =>
      answer(done, async () => {
        refuseUnreadable(address.address);
        const inboxId = await findRecipient(address.address);
        if (inboxId === null) {
          limits.countError(session.remoteAddress);
          throw noSuchInbox();
        }
        inboxesOf.set(address, inboxId);
      }),
    onData: (stream, session, done) => answer(done, () => takeData(stream, session)),
  });
  server.on('error', (error) => desk.log.debug({ error }, 'a mail connection broke'));
  const port = await bind(server, at);
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };

  function answer(done: (error?: Error | null) => void, work: () => void | Promise<void>): void {
    Promise.resolve()
      .then(work)
      .then(
        () => done(),
        (error: unknown) => {
          const refusal = refusalOf(error);
          if (refusal !== error) desk.log.warn({ error }, 'a mail was put off');
          done(refusal);
        },
      );
  }
}

function deliveryOf(session: SMTPServerSession, to: string, inboxId: number, raw: Buffer): Delivery {
  const { mailFrom } = session.envelope;
  return {
    inboxId,
    envelopeFrom: mailFrom === false ? '' : mailFrom.address,
    envelopeTo: to,
    remote: session.remoteAddress,
    raw,
  };
}

/** `SIZE=` of MAIL FROM, if it was given. */
function declaredBytes({ envelope }: SMTPServerSession): number | null {
  const { mailFrom } = envelope;
  const size = mailFrom === false || !mailFrom.args ? Number.NaN : Number(mailFrom.args.SIZE);
  return Number.isSafeInteger(size) && size > 0 ? size : null;
}

/** Addresses are stored and shown: no control characters, no endless ones. */
function refuseUnreadable(address: string): void {
  if (address.length > 320 || /[\p{Cc}\s<>\ufffd]/u.test(address)) throw badAddress();
}

function bind(server: SMTPServer, at: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(refuseDoor(error, `SMTP_LISTEN ${at.host}:${at.port}`, 'set it to a free one, or off'));
    server.server.once('error', refuse);
    server.listen(at.port, at.host, () => {
      server.server.off('error', refuse);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
