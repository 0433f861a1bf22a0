import { expect } from 'vitest';
import { day, type Journey, until } from './journey.ts';
import { answerTo, fateOf, mailIn, outgoingMail, outgoingOf, sendMail } from './mail.ts';
import { getTicket, importHistory, openTicket } from './tickets.ts';

/** A receipt comes at once, once for a thread, and never to another machine. */
export async function journey(my: Journey): Promise<void> {
  const from = `${my.tag}@customers.example`;
  const began = Date.now();
  const id = await mailIn(my, { from, subject: `Is it there? ${my.tag}` });
  const receipt = await outgoingMail(my, id, 'acknowledgement');
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(receipt).toMatchObject({ to: [from] });
  expect(receipt.subject).toContain(String(id));

  const again = { ...(await answerTo(my, receipt)), subject: `Re: Is it there? ${my.tag}` };
  expect(await mailIn(my, { from, ...again })).toBe(id);
  await silence(my);
  expect(await receiptsOf(my, id)).toBe(1);

  const robot = { from: `robot-${my.tag}@machines.example` };
  const automatic = `Backup finished ${my.tag}`;
  await sendMail(my, { ...robot, subject: automatic, headers: { 'Auto-Submitted': 'auto-generated' } });
  expect((await fateOf(my, automatic)).fate).toBe('suspended');
  const silent = `Newsletter ${my.tag}`;
  const unanswered = await mailIn(my, { from: `no-reply.${my.tag}@machines.example`, subject: silent });
  const away = `Out of office: Is it there? ${my.tag}`;
  const absent = { 'Auto-Submitted': 'auto-replied' };
  await sendMail(my, { ...(await answerTo(my, receipt)), from, subject: away, headers: absent });
  expect((await fateOf(my, away)).fate).toBe('auto_reply');

  const [imported] = await importHistory(my, [
    {
      id: my.tag,
      createdAt: `${day(-1)}T09:00:00Z`,
      channel: 'chat',
      customer: `old-${my.tag}@customers.example`,
    },
  ]);
  const logged = await openTicket(my, {
    subject: 'A call',
    requester: { email: `call-${my.tag}@customers.example` },
    channel: 'phone',
  });
  const asked = `asked-${my.tag}@customers.example`;
  const byProgram = await openTicket(my, { subject: `A form ${my.tag}`, requester: { email: asked } });
  expect(await outgoingMail(my, byProgram.id, 'acknowledgement')).toMatchObject({ to: [asked] });
  await silence(my);
  expect(await receiptsOf(my, byProgram.id)).toBe(1);
  for (const one of [unanswered, imported ?? 0, logged.id]) expect(await outgoingOf(my, one)).toEqual([]);
  expect(await receiptsOf(my, id)).toBe(1);
  expect((await getTicket(my, id)).messages.filter(({ authorKind }) => authorKind === 'system')).toHaveLength(
    1,
  );
}

const receiptsOf = async (my: Journey, id: number) =>
  (await outgoingOf(my, id)).filter(({ kind }) => kind === 'acknowledgement').length;

/** Receipts are made in the order the mails came: once a later mail has its own, an earlier one has none. */
async function silence(my: Journey): Promise<void> {
  const word = Math.random().toString(36).slice(2);
  const later = await mailIn(my, {
    from: `${word}.${my.tag}@customers.example`,
    subject: `Later ${word} ${my.tag}`,
  });
  await until('the receipt of a later mail', async () => (await receiptsOf(my, later)) === 1);
}
