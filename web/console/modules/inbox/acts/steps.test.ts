import { afterEach, expect, it } from 'vitest';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { queryClient } from '../../../../api/client.ts';
import { cachedTicket, isListed, patchTicket } from '../ticket-cache.ts';
import { runSteps } from './steps.ts';

const listKey = ['tickets', { view: 'open' }];
const ticket = (id: number) =>
  ({
    id,
    status: 'open',
    priority: 'low',
    tags: ['tea'],
    spam: false,
    deleted: false,
    mergedInto: null,
  }) as Ticket;

function show(...ids: number[]): void {
  const pages = [{ items: ids.map(ticket), nextCursor: null }];
  queryClient.setQueryData(listKey, { pages, pageParams: [undefined] });
}
afterEach(() => queryClient.clear());

const lost = () => Promise.reject(new TypeError('Failed to fetch'));

it('shows an act at once, and takes it off the screen when no answer comes', async () => {
  show(1, 2);
  const done = runSteps([{ id: 1, shown: { status: 'solved', tags: ['tea', 'cup'] }, send: lost }]);
  expect(cachedTicket(1)).toMatchObject({ status: 'solved', tags: ['tea', 'cup'] });
  expect(await done).toMatchObject([{ id: 1 }]);
  expect(cachedTicket(1)).toEqual(ticket(1));
});

it('a ticket that left the list stands where it stood when the desk forbids it', async () => {
  show(1, 2, 3);
  const forbid = () => Promise.reject(new ApiError(403, 'forbidden', 'No.'));
  const done = runSteps([{ id: 2, shown: { spam: true }, send: forbid }]);
  expect([1, 2, 3].map((id) => isListed(cachedTicket(id) as Ticket))).toEqual([true, false, true]);
  await done;
  expect([1, 2, 3].map((id) => isListed(cachedTicket(id) as Ticket))).toEqual([true, true, true]);
});

it('leaves what has come since, and takes the desk at its word where it says how the ticket is', async () => {
  show(1, 2);
  const done = runSteps([{ id: 1, shown: { priority: 'urgent' }, send: lost }]);
  patchTicket(1, { priority: 'high' });
  await done;
  expect(cachedTicket(1)?.priority).toBe('high');
  const details = { ticket: { ...ticket(2), priority: 'normal' } };
  const conflict = () => Promise.reject(new ApiError(409, 'conflict', 'Changed.', { details }));
  await runSteps([{ id: 2, shown: { priority: 'urgent' }, send: conflict }]);
  expect(cachedTicket(2)?.priority).toBe('normal');
});
