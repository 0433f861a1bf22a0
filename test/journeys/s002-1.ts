import { expect } from 'vitest';
import type { Policy } from '../../server/modules/sla/contract.ts';
import { atDesk } from './browser.ts';
import { openConversation } from './inbox-window.ts';
import { ask, type Journey } from './journey.ts';
import { makePolicy, secondOf, slaOf } from './promises.ts';
import { openTicket } from './tickets.ts';

/** Three policies: for one organization, for a segment, and for all others; the first that matches wins. */
export async function journey(my: Journey): Promise<void> {
  const organization = await ask<{ id: number }>(my, 'POST', '/organizations', { name: `Gold ${my.tag}` });
  const segment = `${my.tag}-segment`;
  const everyone = `${my.tag}-everyone`;
  const promise = (seconds: number) => [
    { target: 'first_reply', seconds },
    { target: 'resolution', seconds: seconds * 8 },
  ];
  const gold = await makePolicy(my, {
    name: `Gold ${my.tag}`,
    filter: { all: [{ field: 'organization', values: [organization.id] }] },
    targets: promise(600),
  });
  const trade = await makePolicy(my, {
    name: `Trade ${my.tag}`,
    filter: { all: [{ field: 'ticket_tag', values: [segment] }] },
    targets: promise(3600),
  });
  const rest = await makePolicy(my, {
    name: `Everyone ${my.tag}`,
    filter: { any: [{ field: 'ticket_tag', values: [everyone, segment] }] },
    targets: promise(14_400),
  });
  await expectOrder(my, [gold, trade, rest]);

  const email = `${my.tag}@gold.example`;
  await ask(my, 'POST', '/customers', {
    name: 'Gold customer',
    organizationId: organization.id,
    identities: [{ kind: 'email', value: email, primary: true }],
  });
  const stranger = `${my.tag}@elsewhere.example`;
  await expectPromise(my, { email, tags: [segment] }, gold, 600, 'organization');
  await expectPromise(my, { email: stranger, tags: [segment] }, trade, 3600, 'ticket_tag');
  await expectPromise(my, { email: stranger, tags: [everyone] }, rest, 14_400, 'ticket_tag');
  await expectOnScreen(my, [gold, trade, rest], { email, tags: [segment] });
  await putFirst(my, rest);
  await expectPromise(my, { email: stranger, tags: [segment] }, rest, 14_400, 'ticket_tag');
}

/** The order stands in the settings, and beside the ticket which policy holds for it and why. */
async function expectOnScreen(my: Journey, order: Policy[], who: { email: string; tags: string[] }) {
  const { id } = await openTicket(my, { subject: 'Why?', requester: { email: who.email }, tags: who.tags });
  await atDesk(my, async (page) => {
    await page.goto('/settings/sla');
    const names = page.getByText(new RegExp(`^\\d+\\. .*${my.tag}$`));
    await names.nth(2).waitFor();
    const listed = (await names.allInnerTexts()).map((text) => text.replace(/^\d+\. /, ''));
    expect(listed).toEqual(order.map(({ name }) => name));

    await openConversation(page, { id });
    const panel = page.getByRole('complementary', { name: 'Customer and ticket' });
    await panel.getByText(`By the policy Gold ${my.tag}`).waitFor();
    await panel.getByText(`Organization: Gold ${my.tag}`).waitFor();
  });
}

async function expectOrder(my: Journey, wanted: Policy[]): Promise<Policy[]> {
  const { items } = await ask<{ items: Policy[] }>(my, 'GET', '/sla-policies');
  const own = items.filter(({ id }) => wanted.some((policy) => policy.id === id));
  expect(own.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  return items;
}

async function putFirst(my: Journey, policy: Policy): Promise<void> {
  const { items } = await ask<{ items: Policy[] }>(my, 'GET', '/sla-policies');
  const others = items.map(({ id }) => id).filter((id) => id !== policy.id);
  await ask(my, 'PUT', '/sla-policies/order', { ids: [policy.id, ...others] });
}

async function expectPromise(
  my: Journey,
  { email, tags }: { email: string; tags: string[] },
  policy: Policy,
  seconds: number,
  because: string,
): Promise<void> {
  const ticket = await openTicket(my, { subject: 'Which promise?', requester: { email }, tags });
  const sla = await slaOf(my, ticket.id);
  expect(sla.policy).toMatchObject({ id: policy.id, name: policy.name });
  expect([...(sla.reason?.all ?? []), ...(sla.reason?.any ?? [])][0]).toMatchObject({ field: because });
  const targets = Object.fromEntries(sla.clocks.map((clock) => [clock.target, clock.targetSeconds]));
  expect(targets).toEqual({ first_reply: seconds, resolution: seconds * 8 });
  expect(secondOf(ticket.dueAt) - secondOf(ticket.createdAt)).toBe(seconds);
}
