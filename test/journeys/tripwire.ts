import type { Page } from 'playwright-core';

/** Tells of everything that a payload would do if it ran: dialogs, popups, calls to elsewhere, blocked scripts. */
export async function layTripwire(page: Page, url: string): Promise<string[]> {
  const trips: string[] = [];
  const context = page.context();
  await context.exposeFunction('tripped', () => void trips.push('a script called out'));
  await context.addInitScript(() => {
    const wire = () => (window as unknown as { tripped(): void }).tripped();
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
      Object.defineProperty(window, name, { value: wire });
  });
  await context.route(
    (address) => address.origin !== new URL(url).origin && /^(https?|ftp|ws)/.test(address.protocol),
    async (route) => {
      trips.push(`asked ${route.request().url()}`);
      await route.abort();
    },
  );
  context.on('page', (other) => {
    trips.push(`opened ${other.url()}`);
  });
  page.on('dialog', (dialog) => {
    trips.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trips.push(`error ${error.message}`));
  page.on('console', (line) => {
    if (/sandboxed|Content Security Policy|Refused to/i.test(line.text()))
      trips.push(`blocked: ${line.text()}`);
  });
  page.on('framenavigated', (frame) => {
    const safe = frame.url().startsWith(url) || /^about:(srcdoc|blank)$/.test(frame.url());
    if (!safe) trips.push(`went to ${frame.url()}`);
  });
  return trips;
}

/** What could still run if somebody touched it: on the page and in every mail's frame. */
export function liveParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const frames = [...document.querySelectorAll('iframe')].flatMap((frame) => frame.contentDocument ?? []);
    const inMail = frames.flatMap((one) => [...one.body.querySelectorAll('*')]);
    const barred =
      'script,iframe,frame,object,embed,applet,base,meta,link,form,input,button,textarea,svg,math';
    const bad = inMail.filter((element) => element.matches(barred));
    const everywhere = [...document.querySelectorAll('*'), ...inMail];
    for (const element of everywhere) {
      const armed = [...element.attributes].some(
        ({ name, value }) =>
          /^on/i.test(name) ||
          (/^(href|src|action|formaction|data|xlink:href)$/i.test(name) &&
            /^\W*(javascript|vbscript):/i.test(value)),
      );
      if (armed) bad.push(element);
    }
    return bad.map((element) => element.outerHTML.slice(0, 200));
  });
}
