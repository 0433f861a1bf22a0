import type { Page, Route } from 'playwright-core';

const minute = 60_000;
/** Where the first promises of the list stand: minutes until due, and until four fifths are used. */
const stands = [
  { due: -64, warn: -112 },
  { due: -6, warn: -18 },
  { due: 4, warn: -8 },
  { due: 23, warn: -73 },
  { due: 46, warn: -2 },
];
const missed = 1;
const nearlyMissed = 2;
/** Nobody has them, so they concern everybody. */
const concerning = new Set([missed, nearlyMissed]);
const free = { assigneeId: null, assigneeName: null, teamId: null };

/** Not the lists of other views, nor a customer's other tickets. */
const listAddress = '**/api/desk/v1/tickets?view=open&**';

type Ticket = Record<string, unknown> & { id: number };
type TicketPage = { items: Ticket[] };

const after = (now: number, minutes: number) => new Date(now + minutes * minute).toISOString();

/** The list with promises used up, promises four fifths used, and promises with time to spare. */
export async function withPromises(page: Page): Promise<void> {
  // The list is read more than once: its promises must not move meanwhile.
  const now = Date.now();
  await page.route('**/api/desk/v1/views', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), breaching: stands.length } });
  });
  const changed = new Map<number, Partial<Ticket>>();
  await page.route(listAddress, async (route) => {
    const answer = await route.fetch();
    const list = (await answer.json()) as TicketPage;
    for (const [at, stand] of stands.entries()) {
      const id = list.items[at]?.id;
      if (id !== undefined) changed.set(id, { ...standing(stand, now), ...(concerning.has(at) ? free : {}) });
    }
    const items = list.items.map((ticket) => ({ ...ticket, ...changed.get(ticket.id) }));
    await route.fulfill({ response: answer, json: { ...list, items } });
  });
  await page.route(/\/api\/desk\/v1\/tickets\/\d+$/, async (route) => {
    const answer = await route.fetch();
    const ticket = (await answer.json()) as Ticket;
    await route.fulfill({ response: answer, json: { ...ticket, ...changed.get(ticket.id) } });
  });
  await page.reload();
}

const standing = ({ due, warn }: { due: number; warn: number }, now: number) => ({
  dueTarget: 'first_reply',
  dueAt: after(now, due),
  warnAt: after(now, warn),
});

export const tellNearlyMissed = (page: Page) => tellPromise(page, 'sla.warned', nearlyMissed);

/** Beside an open conversation, where the notice must not lie on what is being written. */
export async function tellMissed(page: Page): Promise<void> {
  await tellPromise(page, 'sla.breached', missed);
}

/** The desk says it once by the live stream, when the list is there; then the line is the real one again. */
async function tellPromise(page: Page, type: string, row: number): Promise<void> {
  const listed = page.waitForResponse(listAddress);
  await page.route('**/api/desk/v1/stream**', (route) => sayOnce(route, listed, type, row), { times: 1 });
  await withPromises(page);
  await page.locator('[role="status"] button').first().waitFor({ timeout: 15_000 });
}

async function sayOnce(
  route: Route,
  listed: Promise<{ json(): Promise<unknown> }>,
  type: string,
  row: number,
): Promise<void> {
  const ticket = ((await (await listed).json()) as TicketPage).items[row];
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const told = {
    ticketId: ticket?.id,
    recordedAt: new Date().toISOString(),
    data: { target: 'first_reply', dueAt: ticket?.dueAt },
  };
  const events = [
    ['ready', {}],
    [type, told],
  ];
  await route.fulfill({
    contentType: 'text/event-stream',
    body: events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join(''),
  });
}
