import { convert } from 'html-to-text';

const maxCharacters = 2_000_000;
const block = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

/** Visible text of already cleaned HTML: no addresses of links, no images, quotes marked with `> `. */
export function htmlToPlain(cleanedHtml: string): string {
  const text = convert(cleanedHtml.slice(0, maxCharacters), {
    wordwrap: false,
    preserveNewlines: false,
    limits: { maxInputLength: maxCharacters, maxDepth: 200, maxChildNodes: 100_000 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
      { selector: 'table', format: 'block', options: block },
      { selector: 'tr', format: 'block', options: block },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  });
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
