import { expect } from 'vitest';
import { ask, day, type Journey, until } from './journey.ts';
import { mailIn } from './mail.ts';
import { makePolicy, onlyTagged, secondOf, slaUntil } from './promises.ts';
import {
  changeTicket,
  figureUntil,
  getTicket,
  importHistory,
  listTickets,
  openTicket,
  tagTicket,
} from './tickets.ts';

/** Claims are judged by their channel's limit; a promise counts down on the row and is told at 80 % and 100 %. */
export async function journey(my: Journey): Promise<void> {
  await judgeClaims(my);
  await watchPromise(my);
}

/** CL-01: an hour for mail and a minute for chat, the limit itself in time. */
async function judgeClaims(my: Journey): Promise<void> {
  const start = Date.parse(`${day(-2)}T09:00:00Z`);
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const claims = [
    ['email', 3600],
    ['email', 3601],
    ['chat', 60],
    ['chat', 61],
  ] as const;
  await importHistory(
    my,
    claims.map(([channel, seconds], index) => ({
      id: `${my.tag}-${index}`,
      createdAt: at(0),
      channel,
      events: [{ at: at(seconds), type: 'claim', agent: 'Boris' }],
    })),
  );
  const share = await figureUntil(my, 'claim_time', ({ n }) => n === 4);
  expect(share).toMatchObject({ value: 50, numerator: 2, denominator: 4 });
  expect(share.byChannel).toEqual({ email: { num: 1, den: 2 }, chat: { num: 1, den: 2 } });

  // CL-02: past its limit it is a miss now; a new mail inside its hour is not judged.
  await importHistory(my, [{ id: `${my.tag}-left`, createdAt: at(0), channel: 'email' }]);
  const id = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `Fresh ${my.tag}` });
  await tagTicket(my, id);
  const now = await figureUntil(my, 'claim_time', ({ n, waitingInTime }) => n === 5 && waitingInTime === 1);
  expect(now).toMatchObject({ value: 40, missedNow: 1 });
  await ask(my, 'POST', `/tickets/${id}/claim`);
  await figureUntil(my, 'claim_time', ({ n, numerator }) => n === 6 && numerator === 3);
}

async function watchPromise(my: Journey): Promise<void> {
  const tag = `${my.tag}-watched`;
  await makePolicy(my, {
    name: `Watched ${my.tag}`,
    filter: onlyTagged(tag),
    targets: [{ target: 'first_reply', seconds: 5 }],
  });
  const requester = { email: `${my.tag}@customers.example` };
  const { id } = await openTicket(my, { subject: 'Counting down', requester, channel: 'chat', tags: [tag] });
  const [row] = await listTickets(my, { view: 'open', tag });
  const created = secondOf(row?.createdAt ?? null);
  expect(row).toMatchObject({ id, dueTarget: 'first_reply' });
  expect(secondOf(row?.dueAt ?? null) - created).toBe(5);
  await slaUntil(my, id, 'a missed promise', ({ clocks }) => clocks[0]?.state === 'breached');
  await until('the mark of a missed promise', async () => (await getTicket(my, id)).breached);
  await changeTicket(my, id, { priority: 'high' });
  const { items } = await ask<{ items: { type: string; at: string }[] }>(
    my,
    'GET',
    `/tickets/${id}/timeline`,
  );
  const told = items.filter(({ type }) => type === 'sla.warned' || type === 'sla.breached');
  expect(told.map(({ type, at }) => [type, secondOf(at) - created])).toEqual([
    ['sla.warned', 4],
    ['sla.breached', 5],
  ]);
}
