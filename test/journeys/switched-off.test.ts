import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { closeBrowser } from './browser.ts';
import { beginJourney } from './journey.ts';
import { startJourneyDesk } from './one-desk.ts';
import { type Row, rows } from './rows.ts';
import { walks } from './walks.ts';

const full = process.env.FIRSTLINE_FULL === '1';

/** A journey that cannot fail watches nothing. */
it('every journey fails when the route it is about is switched off', async ({ skip }) => {
  if (!full) skip('runs with FIRSTLINE_FULL=1');
  const routes = new Set(rows.map(({ route }) => route));
  const blind: string[] = [];
  for (const route of routes) {
    const led = rows.filter((row) => row.route === route);
    blind.push(...(await walkWithout(route, led)));
  }
  expect(blind).toEqual([]);
}, 900_000);

/** The rows whose journey did not notice that the route is gone. */
async function walkWithout(route: string, led: Row[]): Promise<string[]> {
  const hook = pathToFileURL(path.join(import.meta.dirname, 'switch-off.mjs')).href;
  const env = { NODE_OPTIONS: `--import=${hook}`, JOURNEY_SWITCHED_OFF: route, LOG_LEVEL: 'silent' };
  const { doors, stop } = await startJourneyDesk(env);
  process.env.JOURNEY_CEILING_SECONDS = '4';
  await closeBrowser();
  try {
    const noticed: boolean[] = [];
    for (const row of led) noticed.push(await fails(() => walks[row.id]?.(beginJourney(doors, row.id))));
    return led.flatMap((row, index) => (noticed[index] ? [] : [`${row.id} without ${route}`]));
  } finally {
    delete process.env.JOURNEY_CEILING_SECONDS;
    await closeBrowser();
    await stop();
  }
}

const fails = async (walk: () => Promise<void> | undefined): Promise<boolean> => {
  try {
    await walk();
    return false;
  } catch {
    return true;
  }
};
