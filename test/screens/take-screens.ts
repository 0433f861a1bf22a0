import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { openBrowser } from '../journeys/browser.ts';
import { settingsSections } from '../journeys/settings-sections.ts';
import { root } from '../source-files.ts';
import { customerSession } from './customer-session.ts';
import {
  asAFreshDesk,
  listLoading,
  openCommands,
  openHistory,
  openShortcuts,
  withDraftElsewhere,
  withLongInbox,
  withMissedWords,
  withViewers,
} from './inbox-states.ts';
import { tellMissed, tellNearlyMissed, withPromises } from './promise-states.ts';

/**
 * Takes every screen of a running desk into docs/screens, to be looked at: three widths, light and dark, three
 * languages, and some from right to left. `SCREENS_URL`, `SCREENS_EMAIL`, `SCREENS_PASSWORD` name the desk and who
 * signs in, `SCREENS_CUSTOMER` whose tickets a customer's pages show; `SCREENS_ONLY` picks pictures whose name matches it (`^kpi-`, `-390-light-be`), `SCREENS_FOLDER` another
 * place for them.
 */
const url = process.env.SCREENS_URL ?? 'http://localhost:3000';
const email = process.env.SCREENS_EMAIL ?? '';
const password = process.env.SCREENS_PASSWORD ?? '';
const customer = process.env.SCREENS_CUSTOMER ?? 'chihwei.lin@xinxiang.example';
const only = new RegExp(process.env.SCREENS_ONLY ?? '');
const folder = process.env.SCREENS_FOLDER ?? path.join(root, 'docs/screens');

const widths = [1440, 900, 390] as const;
const themes = ['light', 'dark'] as const;
const locales = ['en', 'zh-CN', 'be'] as const;

interface Screen {
  /** Whose screen it is, if not somebody's who works here. */
  of?: 'customer';
  name: string;
  /** Of a page that has its language in its address, by language. */
  address: string | ((locale: string) => string);
  /** Makes the state that is to be seen. */
  prepare?: (page: Page) => Promise<void>;
}

const aLongTime = 15_000;

/** The settings open with the first. */
const sections = settingsSections.slice(1);

// A month, since the week may have begun a minute ago.
const screens: Screen[] = [
  { name: 'inbox', address: '/inbox/open', prepare: (page) => openTicket(page, 2) },
  { name: 'list', address: '/inbox/open' },
  { name: 'list-empty', address: '/inbox/mine' },
  { name: 'list-new', address: '/inbox/open', prepare: asAFreshDesk },
  { name: 'list-filtered', address: '/inbox/open?tag=nobody-has-this' },
  { name: 'list-loading', address: '/inbox/open', prepare: listLoading },
  { name: 'list-names', address: '/inbox/open', prepare: withLongInbox },
  { name: 'ticket-names', address: '/inbox/open', prepare: onTicket(3, withLongInbox) },
  { name: 'ticket-history', address: '/inbox/solved', prepare: onTicket(3, openHistory) },
  { name: 'ticket-viewers', address: '/inbox/open', prepare: onTicket(3, withViewers) },
  { name: 'ticket-draft', address: '/inbox/open', prepare: onTicket(3, withDraftElsewhere) },
  { name: 'ticket-missed', address: '/inbox/open', prepare: onTicket(3, withMissedWords) },
  { name: 'ticket-gone', address: '/inbox/open/999999' },
  { name: 'ticket-rtl', address: '/inbox/open', prepare: onTicket(3, fromRightToLeft) },
  { name: 'shortcuts', address: '/inbox/open', prepare: onTicket(3, openShortcuts) },
  { name: 'commands', address: '/inbox/open', prepare: onTicket(3, openCommands) },
  { name: 'new-ticket', address: '/inbox/open', prepare: openNewTicket },
  { name: 'lost', address: '/nothing-here' },
  { name: 'list-promises', address: '/inbox/open', prepare: withPromises },
  { name: 'notice-due', address: '/inbox/open', prepare: tellNearlyMissed },
  { name: 'notice-late', address: '/inbox/open', prepare: tellMissedBesideTicket },
  { name: 'dashboard', address: '/dashboard?period=days30' },
  { name: 'kpi', address: '/dashboard/first_response_time?period=days30' },
  { name: 'search', address: '/inbox/open', prepare: search },
  { name: 'calculator', address: '/dashboard/calculator', prepare: calculate },
  { name: 'settings', address: '/settings' },
  ...sections.map((name) => ({ name: `settings-${name}`, address: `/settings/${name}` })),
  { name: 'settings-team', address: '/settings/people', prepare: openLastRecord },
  { name: 'settings-policy', address: '/settings/sla', prepare: openLastRecord },
  { name: 'settings-schedule', address: '/settings/hours', prepare: openFirstRecord },
  { name: 'settings-inbox', address: '/settings/inboxes', prepare: openFirstRecord },
  { name: 'settings-names', address: '/settings/people', prepare: withLongNames },
  { name: 'settings-rtl', address: '/settings/people', prepare: fromRightToLeft },
  { name: 'list-rtl', address: '/inbox/open', prepare: fromRightToLeft },
  { name: 'explain', address: '/dashboard?period=days30', prepare: openExplanation },
  { name: 'setup', address: '/setup', prepare: asANewDesk },
  { name: 'password', address: '/password#invitation' },
  { name: 'sign-in', address: '/sign-in' },
  { name: 'customer-sign-in', address: (locale) => `/hc/${locale}/signin` },
  { name: 'requests', of: 'customer', address: (locale) => `/hc/${locale}/requests` },
  { name: 'request', of: 'customer', address: (locale) => `/hc/${locale}/requests`, prepare: openRequest },
  { name: 'request-gone', of: 'customer', address: (locale) => `/hc/${locale}/requests/999999` },
  {
    name: 'dashboard-failed',
    address: '/dashboard',
    prepare: (page) => failing(page, '**/api/desk/v1/dashboard**'),
  },
  {
    name: 'settings-failed',
    address: '/settings/people',
    prepare: (page) => failing(page, '**/api/desk/v1/staff**'),
  },
  {
    name: 'list-failed',
    address: '/inbox/open',
    prepare: (page) => failing(page, '**/api/desk/v1/tickets?**'),
  },
];

async function openTicket(page: Page, row: number): Promise<void> {
  await page.locator('[id^="ticket-row-"]').nth(row).click({ timeout: aLongTime });
  await page.waitForURL(/\/inbox\/[^/]+\/\d+/, { timeout: aLongTime });
}

function onTicket(row: number, prepare: (page: Page) => Promise<void>) {
  return async (page: Page) => {
    await openTicket(page, row);
    await settled(page);
    await prepare(page);
  };
}

/** One whose own promises are as they are. */
async function tellMissedBesideTicket(page: Page): Promise<void> {
  await openTicket(page, 5);
  await tellMissed(page);
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('dialog').getByRole('combobox').fill('lid');
  await page.getByRole('option').first().waitFor({ timeout: aLongTime });
}

async function calculate(page: Page): Promise<void> {
  await page.locator('form button[type="submit"]').click({ timeout: aLongTime });
  await page.locator('table').waitFor({ timeout: aLongTime });
}

const records = (page: Page) => page.locator('main li button').filter({ hasText: /\p{L}/u });

async function openLastRecord(page: Page): Promise<void> {
  await records(page).last().click({ timeout: aLongTime });
  await page.getByRole('dialog').waitFor({ timeout: aLongTime });
}

async function openFirstRecord(page: Page): Promise<void> {
  await records(page).first().click({ timeout: aLongTime });
  await page.getByRole('dialog').waitFor({ timeout: aLongTime });
}

/** Its sign is the same in every language. */
async function openNewTicket(page: Page): Promise<void> {
  await page.locator('button:has(svg.lucide-square-pen):visible').click({ timeout: aLongTime });
  await page.getByRole('dialog').waitFor({ timeout: aLongTime });
}

async function openRequest(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click({ timeout: aLongTime });
  await page.waitForURL(/\/requests\/\d+/, { timeout: aLongTime });
}

/** The first tile's explanation; its key is the same in every language. */
async function openExplanation(page: Page): Promise<void> {
  await page.locator('[id^="tile-"]').first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ timeout: aLongTime });
}

/** Names nobody has, but somebody will. */
async function withLongNames(page: Page): Promise<void> {
  await page.route('**/api/desk/v1/staff**', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { items: { name: string }[] };
    const longest = 'Maximiliana-Konstantina Hohenzollern-Sigmaringen-Wojciechowska de la Fuente y Aguirre';
    const items = body.items.map((one, at) => (at % 2 === 0 ? { ...one, name: longest } : one));
    await route.fulfill({ response: answer, json: { ...body, items } });
  });
  await page.reload();
}

async function fromRightToLeft(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
}

async function asANewDesk(page: Page): Promise<void> {
  await page.route('**/api/desk/v1/setup', (route) =>
    route.fulfill({ json: { needed: true, codeRequired: true } }),
  );
  // Nobody has named it yet.
  await page.route(
    (to) => to.pathname === '/setup',
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<title>.*?<\/title>/, '<title>Firstline</title>');
      await route.fulfill({ response, body });
    },
  );
  await page.goto('/setup');
}

async function failing(page: Page, address: string): Promise<void> {
  await page.route(address, (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'database_away', message: 'away' } } }),
  );
  await page.reload();
  // The screen asks again a few times before it says so.
  await page.getByRole('alert').waitFor({ timeout: aLongTime });
}

async function takeAll(browser: Browser): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const sessions = await signedIn(browser);
  for (const look of looks) {
    await takeInWindow(browser, sessions.staff, look, ({ of }) => of === undefined);
    await takeInWindow(browser, sessions.customer, look, ({ of }) => of === 'customer');
  }
}

type Look = {
  locale: (typeof locales)[number];
  theme: (typeof themes)[number];
  width: (typeof widths)[number];
};

const looks: Look[] = locales.flatMap((locale) =>
  themes.flatMap((theme) => widths.map((width) => ({ locale, theme, width }))),
);

const fileOf = ({ name }: Screen, { locale, theme, width }: Look) =>
  `${name}-${width}-${theme}-${locale}.png`;

async function takeInWindow(
  browser: Browser,
  storageState: Session | undefined,
  look: Look,
  isTheirs: (screen: Screen) => boolean,
) {
  const { locale, theme, width } = look;
  const wanted = screens.filter((screen) => isTheirs(screen) && only.test(fileOf(screen, look)));
  if (wanted.length === 0) return;
  const context = await browser.newContext({
    baseURL: url,
    storageState,
    locale,
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  listenTo(page);
  if (wanted.some(({ of }) => of === undefined)) await chooseLocale(page, locale);
  for (const screen of wanted) await take(page, screen, locale, fileOf(screen, look));
  await context.close();
}

type Session = Awaited<ReturnType<typeof customerSession>>;

async function signedIn(browser: Browser) {
  const context = await browser.newContext({ baseURL: url, locale: 'en' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/inbox/);
  const staff = await context.storageState();
  const asked = screens.some(
    (one) => one.of === 'customer' && looks.some((look) => only.test(fileOf(one, look))),
  );
  const customers = asked ? await customerSession(browser, url, page, customer) : undefined;
  await context.close();
  return { staff, customer: customers };
}

async function chooseLocale(page: Page, locale: string): Promise<void> {
  await page.goto('/inbox/open');
  await page.evaluate(async (wanted) => {
    await fetch('/api/desk/v1/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-firstline-csrf': '1' },
      body: JSON.stringify({ locale: wanted }),
    });
  }, locale);
}

async function take(page: Page, screen: Screen, locale: string, file: string): Promise<void> {
  await page.goto(typeof screen.address === 'string' ? screen.address : screen.address(locale));
  await settled(page);
  await screen.prepare?.(page);
  await settled(page);
  await page.screenshot({ path: path.join(folder, file) });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
}

/** What a page has asked of the desk and not been told yet; the live stream never ends. */
const asked = new WeakMap<Page, Set<Request>>();

function listenTo(page: Page): void {
  const open = new Set<Request>();
  asked.set(page, open);
  page.on('request', (one) => {
    const { pathname } = new URL(one.url());
    if (pathname.startsWith('/api/') && !pathname.endsWith('/stream')) open.add(one);
  });
  page.on('requestfinished', (one) => open.delete(one));
  page.on('requestfailed', (one) => open.delete(one));
}

const quietMs = 300;
const longestWaitMs = 6000;

/** Something stands there, in its own fonts, and every answer has come but for one that is never to come. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => document.body.innerText.trim() !== '', undefined, { timeout: aLongTime });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const until = Date.now() + longestWaitMs;
  for (let quiet = 0; quiet < 2 && Date.now() < until; ) {
    await page.waitForTimeout(quietMs);
    quiet = asked.get(page)?.size ? 0 : quiet + 1;
  }
}

const browser = await openBrowser();
await takeAll(browser);
await browser.close();
