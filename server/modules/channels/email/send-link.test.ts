import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../platform/events/event-map.ts';
import { mailLinks } from '../../auth/index.ts';
import { createCustomer, findOrCreateCustomer, identities } from '../../customers/index.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom();
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

it('mails a customer the link that signs them in, in their language', async () => {
  const linkId = await room.desk.run(system, async (cx) => {
    const { customerId } = await findOrCreateCustomer(cx, {
      kind: 'email',
      value: 'cora@customer.example',
      locale: 'be',
    });
    return mailLinks.issue(cx, 'customer_sign_in', { customerId });
  });
  await room.desk.settle();
  const [row] = await room.outgoing();
  const link = await mailLinks.find(room.desk.db, linkId as number);
  expect(row).toMatchObject({
    kind: 'link',
    state: 'kept',
    recipients: ['cora@customer.example'],
    returnPath: '',
  });
  expect(row?.subject).toBe('Спасылка для ўваходу: Firstline');
  expect(row?.text).toContain(`/hc/be/signin#${link?.token}`);
});

it('mails it to the address that asked, not to the one that is written to', async () => {
  await room.desk.run(system, async (cx) => {
    const { customerId } = await createCustomer(cx, {
      identities: ['first', 'second'].map((name) => ({ kind: 'email', value: `${name}@customer.example` })),
    });
    const { identityId } = await identities.add(cx, customerId, {
      kind: 'email',
      value: 'asked@customer.example',
    });
    await mailLinks.issue(cx, 'customer_sign_in', { customerId }, identityId);
  });
  await room.desk.settle();
  expect((await room.outgoing()).at(-1)).toMatchObject({ recipients: ['asked@customer.example'] });
});

it('mails a staff member the link to set a password', async () => {
  await room.desk.run(system, (cx) => mailLinks.issue(cx, 'staff_password', { staffId: room.agentId }));
  await room.desk.settle();
  const row = (await room.outgoing()).at(-1);
  expect(row).toMatchObject({ kind: 'link', recipients: ['anna@desk.example'] });
  expect(row?.text).toContain('/password#');
});
