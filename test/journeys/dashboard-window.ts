import type { Locator, Page } from 'playwright-core';
import { day, type Journey, query } from './journey.ts';

/** The screens of figures over the same days and tickets as `figure` asks for. */
export const figuresAt = (my: Journey, more: Record<string, string> = {}): string =>
  query({ period: 'custom', from: day(-3), to: day(3), tag: my.tag, ...more });

export async function openDashboard(page: Page, my: Journey): Promise<void> {
  await page.goto(`/dashboard?${figuresAt(my)}`);
}

export const tileOf = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

/** The words of a tile once they are all as expected. */
export async function tileSays(page: Page, name: string, ...words: (string | RegExp)[]): Promise<void> {
  for (const one of words) await tileOf(page, name).getByText(one).first().waitFor();
}

/** What stands behind a figure, opened from its tile. */
export async function explain(page: Page, name: string): Promise<Locator> {
  await tileOf(page, name)
    .getByRole('button', { name: /^Explain/ })
    .click();
  const drawer = page.getByRole('dialog', { name });
  await drawer.waitFor();
  return drawer;
}
