import type { CDPSession, Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { atDesk } from './browser.ts';
import { beginJourney } from './journey.ts';
import { mailIn } from './mail.ts';

/** Words in every script the desk speaks, with letters that a fallback face would show by another one. */
const words = { cyrillic: 'Добры дзень, ў Мінску', simplified: '订单在哪里', traditional: '訂單在哪裡' };

it('Cyrillic and Chinese are shown in the faces that come with the desk', async () => {
  const my = beginJourney(inject('deskDoors'), 'fonts');
  const text = Object.values(words).join('\n');
  const id = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `Fonts ${my.tag}`, text });
  await atDesk(my, async (page) => {
    await page.goto(`/inbox/all/${id}`);
    const message = page.getByRole('article').filter({ hasText: words.cyrillic });
    await message.waitFor();
    await page.waitForFunction(() => [...document.fonts].some(({ family }) => /SC|TC/.test(family)));
    const used = await usedFaces(page, 'article *');
    expect(used.filter(({ own }) => !own)).toEqual([]);
    const families = used.map(({ family }) => family).join();
    expect(families).toMatch(/Noto Sans(?! [ST]C)/);
    expect(families).toMatch(/Noto Sans (SC|TC)/);
  });
});

it('the same in a mail that brings a look of its own, and names faces nobody has', async () => {
  const my = beginJourney(inject('deskDoors'), 'fonts-mail');
  const lines = Object.values(words).map(
    (line) =>
      `<p>${line}</p><p style="font-family: Foreign, sans-serif">${line}</p><font face="Other">${line}</font>`,
  );
  const html = `<table><tr><td>${lines.join('')}</td></tr></table>`;
  const id = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `Frame ${my.tag}`, html });
  await atDesk(my, async (page) => {
    await page.goto(`/inbox/all/${id}`);
    await page.frameLocator('article iframe').getByText(words.traditional).first().waitFor();
    await page.waitForFunction(() =>
      [...(document.querySelector<HTMLIFrameElement>('article iframe')?.contentDocument?.fonts ?? [])].some(
        ({ family, status }) => / [ST]C /.test(family) && status === 'loaded',
      ),
    );
    const used = await usedFaces(page, 'p, font', 'article iframe');
    expect(used.length).toBeGreaterThanOrEqual(9);
    expect(used.filter(({ own }) => !own)).toEqual([]);
  });
});

type Used = { family: string; own: boolean };

/** The faces that the browser really drew these elements' own text with, by its own account. */
async function usedFaces(page: Page, selector: string, frame?: string): Promise<Used[]> {
  const tools = await page.context().newCDPSession(page);
  await page.evaluate(() => document.fonts.ready);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const { root } = await tools.send('DOM.getDocument', { depth: 0 });
  const within = frame ? await documentOf(tools, root.nodeId, frame) : root.nodeId;
  const { nodeIds } = await tools.send('DOM.querySelectorAll', { nodeId: within, selector });
  const used: Used[] = [];
  for (const nodeId of nodeIds) {
    const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId });
    used.push(...fonts.map(({ familyName, isCustomFont }) => ({ family: familyName, own: isCustomFont })));
  }
  return used;
}

async function documentOf(tools: CDPSession, root: number, frame: string): Promise<number> {
  const { nodeId } = await tools.send('DOM.querySelector', { nodeId: root, selector: frame });
  const { node } = await tools.send('DOM.describeNode', { nodeId, pierce: true });
  const backendNodeIds = [node.contentDocument?.backendNodeId ?? 0];
  const { nodeIds } = await tools.send('DOM.pushNodesByBackendIdsToFrontend', { backendNodeIds });
  return nodeIds[0] ?? 0;
}
