import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { admin } from '../running-desk.ts';
import type { DeskDoors } from './journey.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--headless=new',
];

let browser: Promise<Browser> | undefined;
let session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

/** One browser for all journeys; it ends with the process that runs them, or by `closeBrowser`. */
export function openBrowser(): Promise<Browser> {
  browser ??= executable().then((executablePath) => playwright.launch({ executablePath, args }));
  return browser;
}

/** The browser that comes with the tests carries its own libraries, when it believes to be in that cloud. */
async function executable(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  // It unpacks itself beside the temporary files of everybody, where another user's copy may lie already.
  const { TMPDIR } = process.env;
  const folder = path.join(os.tmpdir(), `firstline-browser-${process.getuid?.() ?? 'own'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.env.TMPDIR = folder;
  process.env.FONTCONFIG_FILE = nameFonts(folder);
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/** Its own list of fonts names one folder of everybody's; a browser that finds no font at all ends at the first letter. */
function nameFonts(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  const places = `<dir>${path.join(folder, 'fonts')}</dir><cachedir>${path.join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>${places}</fontconfig>\n`);
  return file;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
  session = undefined;
}

/** A window of its own, signed in nowhere; closed when the work is done. */
export async function inWindow<T>(doors: DeskDoors, work: (page: Page) => Promise<T>): Promise<T> {
  return withPage(doors, undefined, work);
}

/** A window of the admin, signed in by the sign-in page the first time and by that session afterwards. */
export async function atDesk<T>(doors: DeskDoors, work: (page: Page) => Promise<T>): Promise<T> {
  session ??= await withPage(doors, undefined, async (page) => {
    await signIn(page, admin);
    return page.context().storageState();
  });
  return withPage(doors, session, work);
}

export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Email' }).fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/inbox/);
}

async function withPage<T>(
  { url }: DeskDoors,
  storageState: typeof session,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await (await openBrowser()).newContext({
    baseURL: url,
    storageState,
    locale: 'en',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/**
 * What an assistive technology would stumble over on this page, a line each. Mails stand in frames that run no
 * script, so axe cannot look into them; and they are their senders' words.
 */
export async function stumbles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/**
 * What goes on past the window's side, or is cut there, a line each. Tables may scroll in themselves, and so may the
 * sections of the settings; a line of text that ends in dots says so.
 */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll('*')].flatMap((one) => {
      const { overflowX, textOverflow } = getComputedStyle(one);
      const wide = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2;
      if (!wide || (overflowX === 'visible' && one !== document.documentElement)) return [];
      if (textOverflow === 'ellipsis' || one.matches(':has(> table), nav, input, textarea, iframe, .sr-only'))
        return [];
      const words = one.textContent?.trim().slice(0, 60);
      return [`${one.tagName} ${one.className}: ${one.scrollWidth} in ${one.clientWidth}: ${words}`];
    }),
  );
}
