import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { mergeCustomers } from '../customers/index.ts';
import { getTicketRow } from './queries.ts';
import { listMessages } from './read-messages.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

it('when two customers turn out to be one, tickets, copies and words follow', async () => {
  const own = await cast.open({ requesterId: cast.noah });
  const copied = await cast.open({ ccs: [cast.noah] });
  const events = await cast.during(() =>
    cast.desk.run(cast.as(cast.ada), (cx) => mergeCustomers(cx, { from: cast.noah, into: cast.mia })),
  );
  expect(events.filter((event) => event.ticketId !== null)).toEqual([
    {
      type: 'ticket.requester_changed',
      ticketId: own,
      data: { from: cast.noah, to: cast.mia, cause: 'customers_merged' },
    },
    {
      type: 'ticket.cc_changed',
      ticketId: copied,
      data: { added: [], removed: [cast.noah], cause: 'customers_merged' },
    },
  ]);
  expect(await getTicketRow(cast.desk.db, own)).toMatchObject({ requesterId: cast.mia, version: 2 });
  expect((await getTicketRow(cast.desk.db, copied)).ccIds).toEqual([]);
  expect((await listMessages(cast.desk.db, own))[0]).toMatchObject({ authorId: cast.mia, authorName: 'Mia' });
});
