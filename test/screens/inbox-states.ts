import type { Page, Route } from 'playwright-core';

/** States of the inbox that a desk full of sample data is never in, made by what its doors answer. */

const api = '**/api/desk/v1';
type Json = Record<string, unknown>;

const answering = (change: (body: Json) => Json) => async (route: Route) => {
  const answer = await route.fetch();
  await route.fulfill({ response: answer, json: change((await answer.json()) as Json) });
};

const longest = 'Maximiliana-Konstantina Hohenzollern-Sigmaringen-Wojciechowska de la Fuente y Aguirre';
const fromTheRight = 'שלומית בן־אברהם אל־חריזי';

/** Nothing ever came: the first steps stand open. */
export async function asAFreshDesk(page: Page): Promise<void> {
  await page.route(
    `${api}/views`,
    answering((counts) => mapValues(counts, () => 0)),
  );
  await page.route(`${api}/tickets?**`, (route) => route.fulfill({ json: { items: [], nextCursor: null } }));
  await page.route(`${api}/sla-policies`, (route) => route.fulfill({ json: { items: [] } }));
  await page.route(`${api}/schedules`, (route) => route.fulfill({ json: { items: [] } }));
  const asMade = { addresses: ['support@localhost'], scheduleId: null };
  await page.route(
    `${api}/inboxes**`,
    answering((body) => ({
      ...body,
      items: (body.items as Json[]).slice(0, 1).map((one) => ({ ...one, ...asMade })),
    })),
  );
  await page.route(
    `${api}/staff?**`,
    answering((body) => ({ ...body, items: (body.items as Json[]).slice(0, 1), nextCursor: null })),
  );
  await page.reload();
  await page.locator('details').first().waitFor({ state: 'attached' });
}

const mapValues = (from: Json, to: () => unknown): Json =>
  Object.fromEntries(Object.keys(from).map((name) => [name, to()]));

/** The list is on its way, and stays there. */
export async function listLoading(page: Page): Promise<void> {
  await page.route(`${api}/tickets?**`, () => new Promise(() => undefined));
  await page.reload();
}

/** Names and subjects nobody has, but somebody will: too long, and from right to left. */
export async function withLongInbox(page: Page): Promise<void> {
  const rename = (ticket: Json, at: number): Json => ({
    ...ticket,
    requesterName: at % 2 === 0 ? longest : fromTheRight,
    assigneeName: at % 2 === 0 ? fromTheRight : longest,
    ...(at % 3 === 0 ? { subject: `${longest}: ${longest}` } : {}),
  });
  await page.route(
    `${api}/tickets?**`,
    answering((body) => ({ ...body, items: (body.items as Json[]).map(rename) })),
  );
  await page.route(
    /\/api\/desk\/v1\/tickets\/\d+$/,
    answering((ticket) => rename(ticket, 0)),
  );
  await page.reload();
}

/** Two colleagues at the open ticket, one of whom writes: said by a line that stays open, as only a page's own can. */
export async function withViewers(page: Page): Promise<void> {
  let hangUp = () => {};
  const ended = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  const first = async (route: Route) => {
    await ended;
    await route.fulfill({ body: '', contentType: 'text/event-stream' });
  };
  await page.route(`${api}/stream**`, first, { times: 1 });
  await page.route(`${api}/tickets/*/viewers/*`, (route) => route.fulfill({ status: 204 }));
  await page.reload();
  const viewers = [
    { staffId: -1, name: 'Марына Саўко', writing: 'reply' },
    { staffId: -2, name: '方若溪', writing: null },
  ];
  const ticketId = Number(/(\d+)(?:\?|$)/.exec(page.url())?.[1]);
  await page.evaluate(sayByOwnLine, [
    `event: ready\ndata: ${JSON.stringify({ position: 1, stream: 'of-a-picture' })}\n\n`,
    `event: viewers.changed\ndata: ${JSON.stringify({ ticketId, viewers })}\n\n`,
  ]);
  // What listens comes after the first paint.
  await page.waitForTimeout(2000);
  hangUp();
  await page.locator('p[title*="方若溪"]').waitFor();
}

function sayByOwnLine(events: string[]): void {
  const fetched = window.fetch;
  window.fetch = (address, options) => {
    if (!String(address).includes('/stream')) return fetched(address, options);
    const start = (line: ReadableStreamDefaultController<Uint8Array>) => {
      for (const event of events) line.enqueue(new TextEncoder().encode(event));
    };
    return Promise.resolve(new Response(new ReadableStream({ start })));
  };
}

/** Words that another device has kept otherwise. */
export async function withDraftElsewhere(page: Page): Promise<void> {
  const draft = {
    kind: 'reply',
    body: { text: 'Dear Ms Hohenzollern,' },
    updatedAt: new Date().toISOString(),
  };
  await page.route(`${api}/tickets/*/drafts`, (route) =>
    route.fulfill({ status: 409, json: refusal('draft_elsewhere', { draft }) }),
  );
  await page.locator('textarea').first().fill('Dear Maximiliana,');
  await page.locator('section [role=status] button').first().waitFor();
}

/** A reply that is shown what came while it was written. */
export async function withMissedWords(page: Page): Promise<void> {
  await page.route(`${api}/tickets/*/drafts**`, (route) =>
    route.fulfill({ json: { updatedAt: new Date().toISOString() } }),
  );
  await page.route(`${api}/tickets/*/messages`, async (route) => {
    const address = route.request().url().replace('/messages', '');
    const ticket = (await (await route.fetch({ url: address, method: 'GET', postData: '' })).json()) as Json;
    const said = (ticket.messages as Json[])
      .filter((one) => one.public && one.authorKind !== 'system')
      .slice(-1);
    await route.fulfill({ status: 409, json: refusal('missed_messages', { messages: said }) });
  });
  await page.locator('textarea').first().fill('It leaves today.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor();
}

const refusal = (code: string, details: Json) => ({ error: { code, message: code, details } });

/** The keys of this screen. */
export async function openShortcuts(page: Page): Promise<void> {
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').waitFor();
}

export async function openCommands(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
}

/** Every event between the messages, with the clocks it moved. */
export async function openHistory(page: Page): Promise<void> {
  await page.locator('#ticket-thread button[aria-expanded=false]:has(.lucide-chevron-right)').last().click();
  await page.locator('ol time').first().waitFor();
}
