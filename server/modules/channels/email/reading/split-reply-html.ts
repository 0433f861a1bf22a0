import { divideReply } from './divide-reply.ts';
import { htmlToPlain } from './html-to-plain.ts';
import { type HtmlNode, parseCleanHtml, writeHtml } from './html-tree.ts';
import { type LineKind, readLineKinds } from './reply-lines.ts';

export type HtmlReplyParts = {
  visibleHtml: string;
  /** '' when nothing is folded away. */
  quoteHtml: string;
  visibleText: string;
};

type Line = { text: string; leaves: HtmlNode[]; quoted: boolean; kind: LineKind | null };

const blocks = new Set(
  'address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);

const maxTags = 150_000;

/**
 * Splits HTML that `cleanHtml` wrote as `splitReply` splits text; signatures stay where they are.
 * `text` is its text where the caller has it already. HTML of absurdly many tags stays in one piece.
 */
export function splitReplyHtml(
  cleanedHtml: string,
  options: { isForward?: boolean; text?: string } = {},
): HtmlReplyParts {
  const whole = () => ({
    visibleHtml: cleanedHtml,
    quoteHtml: '',
    visibleText: options.text ?? htmlToPlain(cleanedHtml),
  });
  if (hasMoreTags(cleanedHtml, maxTags)) return whole();
  const root = parseCleanHtml(cleanedHtml);
  const lines = readLines(root);
  const texts = lines.map((line) => line.text);
  const kinds = readLineKinds(texts, (index) => lines[index]!.quoted).map((kind, index) =>
    kind === 'blank' && lines[index]!.kind !== 'rest' ? kind : (lines[index]!.kind ?? kind),
  );
  markCitations(kinds);
  const parts = divideReply(texts, kinds, { isForward: options.isForward === true });
  // The line that ends nearly every mail says nothing, and nothing is no quote.
  if (!parts.some((part, index) => part === 'quote' && texts[index] !== '')) return whole();
  const quoted = new Set<HtmlNode>();
  const firstQuote = parts.indexOf('quote');
  lines.forEach((line, index) => {
    const belowQuote = parts[index] === 'signature' && index > firstQuote;
    if (parts[index] === 'quote' || belowQuote) for (const leaf of line.leaves) quoted.add(leaf);
  });
  const visibleHtml = writeHtml(root, (leaf) => !quoted.has(leaf));
  return {
    visibleHtml,
    quoteHtml: writeHtml(root, (leaf) => quoted.has(leaf)),
    visibleText: htmlToPlain(visibleHtml),
  };
}

/** A block quote above the line that introduces the earlier mail is something the writer cites: own text. */
function markCitations(kinds: LineKind[]) {
  const intro = kinds.findIndex((kind) => kind === 'intro' || kind === 'rest');
  if (intro === -1 || !kinds.slice(0, intro).includes('text')) return;
  if (kinds.slice(intro).includes('text')) return;
  for (let index = 0; index < intro; index += 1) if (kinds[index] === 'quoted') kinds[index] = 'text';
}

function hasMoreTags(html: string, limit: number): boolean {
  let position = -1;
  for (let count = 0; count <= limit; count += 1) {
    position = html.indexOf('<', position + 1);
    if (position === -1) return false;
  }
  return true;
}

type Context = { quoted: boolean; mark: string | null; pre: boolean };

/** The lines a reader sees, each with the leaves of the tree that make it. */
function readLines(root: HtmlNode): Line[] {
  const lines: Line[] = [];
  let fresh = true;
  const current = (context: Context): Line => {
    if (fresh) {
      lines.push({ text: '', leaves: [], quoted: context.quoted, kind: null });
      fresh = false;
    }
    return lines.at(-1)!;
  };
  const addLeaf = (leaf: HtmlNode, text: string, context: Context) => {
    const line = current(context);
    line.leaves.push(leaf);
    line.text += text;
    if (context.mark) line.kind = context.mark === 'intro' ? 'intro' : 'rest';
  };
  const walk = (node: HtmlNode, context: Context) => {
    if ('text' in node) {
      addLeaf(node, toText(node.text, context.pre), context);
      return;
    }
    const inner = enter(node, context);
    const breaks = blocks.has(node.tag) && node.tag !== 'br';
    if (breaks || inner.quoted !== context.quoted || inner.mark !== context.mark) fresh = true;
    if (node.children.length === 0) {
      addLeaf(node, leafText(node.tag), inner);
      if (blocks.has(node.tag)) fresh = true;
      return;
    }
    if (inner.pre) splitPreformatted(node.children);
    for (const child of node.children) {
      walk(child, inner);
      if (inner.pre && 'text' in child && child.text.endsWith('\n')) fresh = true;
    }
    if (breaks || inner.quoted !== context.quoted || inner.mark !== context.mark) fresh = true;
  };
  walk(root, { quoted: false, mark: null, pre: false });
  for (const line of lines) line.text = line.text.replace(/\s+/g, ' ').trim();
  return lines;
}

function enter(node: { tag: string; attributes: string }, context: Context): Context {
  const mark = /data-firstline-mark="(\w+)"/.exec(node.attributes)?.[1] ?? null;
  return {
    quoted: context.quoted || node.tag === 'blockquote' || mark === 'quote',
    mark: mark === 'intro' || mark === 'rest' ? mark : context.mark,
    pre: context.pre || node.tag === 'pre',
  };
}

function leafText(tag: string): string {
  if (tag === 'hr') return '-----';
  return tag === 'img' ? '\u{1f5bc}' : '';
}

/** A mail in one `<pre>` has its lines inside one text: each becomes a leaf of its own. */
function splitPreformatted(children: HtmlNode[]) {
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index]!;
    if (!('text' in child) || !child.text.slice(0, -1).includes('\n')) continue;
    const pieces = child.text.split(/(?<=\n)/).map((text) => ({ text }));
    children.splice(index, 1, ...pieces);
    index += pieces.length - 1;
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function toText(html: string, pre: boolean): string {
  const text = html
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name]!)
    .replace(/\u00a0/g, ' ');
  return pre ? text.replace(/\n$/, '') : text;
}
