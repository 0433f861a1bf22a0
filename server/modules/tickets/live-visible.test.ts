import { expect, it } from 'vitest';
import type { Queryable } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { visibleEvents } from './live-visible.ts';

const types = ['mail.suspended', 'staff.changed', 'inbox.changed', 'customer.changed'];
const events = types.map((type) => ({ type, ticketId: null, data: {} }) as unknown as RecordedEvent);
// Nothing here is a ticket's, so nothing is read.
const noDatabase = {} as Queryable;

it.each([
  ['manager', 'all', types],
  ['agent', 'all', ['mail.suspended', 'inbox.changed', 'customer.changed']],
  ['agent', 'teams', ['inbox.changed', 'customer.changed']],
] as const)('tells a %s of %s tickets what is no ticket’s', async (role, ticketScope, seen) => {
  const principal = { kind: 'staff', id: 1, role, ticketScope, teamIds: [] } as unknown as Principal;
  const visible = await visibleEvents(noDatabase, principal, events);
  expect(visible.map(({ type }) => type)).toEqual(seen);
});
