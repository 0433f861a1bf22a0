import { cjkFaces } from './fonts.ts';

/** The stack of faces of the reader's language, for a page in a frame. */
export const faceStack = (): string =>
  getComputedStyle(document.documentElement).getPropertyValue('--faces').trim();

/** A page in a frame has none of the faces around it: it gets those its words need. */
export async function giveFaces(page: Document): Promise<void> {
  if (/\p{Script=Han}/u.test(page.body.textContent ?? ''))
    await Promise.all([cjkFaces.simplified(), cjkFaces.traditional()]);
  for (const sheet of document.styleSheets) {
    const rules = [...sheet.cssRules];
    const own = rules.filter((rule) => rule instanceof CSSFontFaceRule);
    if (own.length === 0) continue;
    if (own.length === rules.length && sheet.href) page.head.append(linkTo(page, sheet.href));
    else page.head.append(styleOf(page, own, sheet.href ?? document.baseURI));
  }
}

function linkTo(page: Document, href: string): HTMLLinkElement {
  return Object.assign(page.createElement('link'), { rel: 'stylesheet', href });
}

function styleOf(page: Document, rules: CSSRule[], base: string): HTMLStyleElement {
  const absolute = (text: string) =>
    text.replace(/url\("([^"]+)"\)/g, (_, url: string) => `url("${new URL(url, base)}")`);
  return Object.assign(page.createElement('style'), {
    textContent: rules.map(({ cssText }) => absolute(cssText)).join('\n'),
  });
}
