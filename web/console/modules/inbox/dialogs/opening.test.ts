import { expect, test } from 'vitest';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { openTicketBody } from '../../../../../server/modules/tickets/contract.ts';
import { beginOpening, bodyOf } from './opening.ts';

const closed = {
  id: 7,
  subject: 'Where is my tea',
  requesterId: 3,
  channel: 'chat',
  inboxId: 2,
  language: 'be',
} as Ticket;

test('a follow-up goes to the same person and names the ticket before', () => {
  const body = bodyOf({ ...beginOpening(closed), text: 'It has arrived.' }, closed);
  expect(openTicketBody.parse(body)).toMatchObject({
    subject: 'Where is my tea',
    requester: { id: 3 },
    followUpOf: 7,
    inboxId: 2,
    language: 'be',
    origin: 'proactive',
    channel: 'email',
    message: { author: 'agent', public: true },
  });
});

test('a call that is written down is the customer’s word on the channel it came by', () => {
  const opening = { ...beginOpening(), email: ' nina@customers.example ', subject: 'A cup', text: 'Broken' };
  expect(openTicketBody.parse(bodyOf(opening))).toMatchObject({
    requester: { email: 'nina@customers.example' },
    origin: 'on_behalf',
    channel: 'phone',
    message: { author: 'customer' },
  });
});
