/** Tree of HTML that `cleanHtml` wrote: every tag closed, every value quoted and escaped. */
export type HtmlElement = { tag: string; attributes: string; children: HtmlNode[] };
export type HtmlNode = HtmlElement | { text: string };

const voids = new Set(['br', 'hr', 'img', 'col', 'wbr']);

export function parseCleanHtml(html: string): HtmlElement {
  const root: HtmlElement = { tag: '', attributes: '', children: [] };
  const stack = [root];
  let position = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g)) {
    const parent = stack.at(-1)!;
    if (match.index > position) parent.children.push({ text: html.slice(position, match.index) });
    position = match.index + match[0].length;
    const tag = match[2]!;
    if (match[1] === '/') {
      if (stack.length > 1 && parent.tag === tag) stack.pop();
      continue;
    }
    const element = { tag, attributes: match[3]!.replace(/\s*\/$/, ''), children: [] };
    parent.children.push(element);
    if (!voids.has(tag)) stack.push(element);
  }
  if (position < html.length) stack.at(-1)!.children.push({ text: html.slice(position) });
  return root;
}

/** Writes the tree with the leaves that `keeps` accepts; elements left with none of theirs go too. */
export function writeHtml(node: HtmlNode, keeps: (leaf: HtmlNode) => boolean): string {
  if ('text' in node) return keeps(node) ? node.text : '';
  if (node.children.length === 0) return keeps(node) ? openAndClose(node, '') : '';
  const inner = node.children.map((child) => writeHtml(child, keeps)).join('');
  if (inner === '' || node.tag === '') return inner;
  return openAndClose(node, inner);
}

function openAndClose(element: HtmlElement, inner: string): string {
  if (element.tag === '') return inner;
  if (voids.has(element.tag)) return `<${element.tag}${element.attributes} />`;
  return `<${element.tag}${element.attributes}>${inner}</${element.tag}>`;
}
