import type { Browser, Page } from 'playwright-core';

type Mail = { id: number; kind: string; to: string[] };

/** Signs the customer in by a mailed link, which whoever reads the outbox may read too. */
export async function customerSession(browser: Browser, baseURL: string, staff: Page, email: string) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const before = new Set((await links(staff, email)).map(({ id }) => id));
  await page.goto('/hc/en/signin');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').getByText('a link is on its way').waitFor();
  const mail = await arrived(staff, email, before);
  // A long line of a mail goes on in the next.
  const raw = (await read(staff, `/outbox/${mail.id}/raw`)).replaceAll('=\r\n', '');
  const token = /\/hc\/[\w-]+\/signin#([\w-]{20,})/.exec(raw)?.[1];
  if (!token) throw new Error(`no link came for ${email}`);
  await page.goto('about:blank');
  await page.goto(`/hc/en/signin#${token}`);
  await page.waitForURL('**/hc/en/requests');
  const state = await context.storageState();
  await context.close();
  return state;
}

async function arrived(staff: Page, email: string, before: ReadonlySet<number>): Promise<Mail> {
  for (let tries = 0; tries < 40; tries += 1) {
    const mail = (await links(staff, email)).find(({ id }) => !before.has(id));
    if (mail) return mail;
    await staff.waitForTimeout(250);
  }
  throw new Error(`no mail came for ${email}`);
}

async function links(staff: Page, email: string): Promise<Mail[]> {
  const { items } = JSON.parse(await read(staff, '/outbox')) as { items: Mail[] };
  return items.filter(({ kind, to }) => kind === 'link' && to.includes(email));
}

const read = (staff: Page, path: string): Promise<string> =>
  staff.evaluate(async (address) => (await fetch(address)).text(), `/api/desk/v1${path}`);
