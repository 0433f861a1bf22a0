import sanitizeHtml from 'sanitize-html';
import { cleanStyle } from './clean-style.ts';
import { htmlToPlain } from './html-to-plain.ts';
import { limitNesting } from './limit-nesting.ts';
import { findQuoteMark } from './quote-marks.ts';

export type CleanHtml = {
  html: string;
  /** Images that would be loaded from elsewhere; none is, until somebody asks. */
  remoteImages: number;
  text: string;
};

const maxCharacters = 2_000_000;
const nestingLimit = 120;
const parsedNesting = 300;
const maxInlineImageCharacters = 1_000_000;

const tags = (
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn ' +
  'div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s ' +
  'samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ');

const everywhere = new Set(['style', 'dir', 'lang', 'title', 'align', 'data-firstline-mark']);
const perTag: Record<string, string[]> = {
  a: ['href', 'rel', 'target'],
  img: [
    'src',
    'alt',
    'width',
    'height',
    'border',
    'hspace',
    'vspace',
    'data-firstline-cid',
    'data-firstline-src',
  ],
  font: ['color', 'face', 'size'],
  table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor', 'summary'],
  td: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'valign', 'nowrap', 'headers', 'scope'],
  th: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'valign', 'nowrap', 'headers', 'scope'],
  tr: ['bgcolor', 'valign', 'height'],
  tbody: ['valign'],
  col: ['width', 'span'],
  colgroup: ['width', 'span'],
  ol: ['start', 'type', 'reversed'],
  ul: ['type'],
  li: ['value', 'type'],
  hr: ['width', 'size', 'color', 'noshade'],
  time: ['datetime'],
};
const linkNames = new Set(['href', 'rel', 'target']);
const plainValue = /^[\p{L}\p{N}\s#.,%:;+/()!?&'"@=_-]*$/u;

type Attributes = Record<string, string>;

/**
 * Makes mail HTML safe to show and keeps its looks: an allow-list of tags, attributes and style properties.
 * Links lead to http, https, mailto or tel only. `cid:` images of `cids` (or of any, when it is empty) wait in
 * `data-firstline-cid`, remote ones in `data-firstline-src`. Cleaning what is clean changes nothing.
 */
export function cleanHtml(html: string, options: { cids: ReadonlySet<string> }): CleanHtml {
  let remoteImages = 0;
  const cleaned = sanitizeHtml(limitNesting(html.slice(0, maxCharacters), parsedNesting), {
    allowedTags: tags,
    allowedAttributes: {
      '*': [...everywhere],
      ...perTag,
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    nonTextTags: ['script', 'style', 'textarea', 'title', 'noscript', 'xml', 'template'],
    parseStyleAttributes: false,
    nestingLimit,
    transformTags: {
      '*': (tag, attributes) => {
        const kept = cleanAttributes(tag, attributes, options.cids);
        if (kept['data-firstline-src']) remoteImages += 1;
        return { tagName: tag, attribs: kept };
      },
    },
    exclusiveFilter: (frame) =>
      frame.tag === 'img' &&
      !frame.attribs.src &&
      !frame.attribs['data-firstline-src'] &&
      !frame.attribs['data-firstline-cid'],
  });
  return { html: cleaned, remoteImages, text: htmlToPlain(cleaned) };
}

function cleanAttributes(tag: string, attributes: Attributes, cids: ReadonlySet<string>): Attributes {
  const kept: Attributes = {};
  const own = perTag[tag] ?? [];
  for (const [name, value] of Object.entries(attributes)) {
    if (!(everywhere.has(name) || own.includes(name)) || value.length > 2_000) continue;
    if (name === 'style' || name.startsWith('data-') || name === 'src' || linkNames.has(name)) continue;
    if (name === 'alt' || name === 'title' || plainValue.test(value)) kept[name] = value;
  }
  const style = attributes.style ? cleanStyle(attributes.style) : '';
  if (style !== '') kept.style = style;
  const mark = findQuoteMark(tag, attributes);
  if (mark) kept['data-firstline-mark'] = mark;
  if (tag === 'a') Object.assign(kept, cleanLink(attributes.href));
  if (tag === 'img') Object.assign(kept, cleanImage(attributes, cids));
  return kept;
}

function cleanLink(href: string | undefined): Attributes {
  const url = cleanUrl(href ?? '');
  if (!/^(https?:\/\/[^/\\\s]|mailto:|tel:)/i.test(url)) return {};
  return { href: url, rel: 'noopener noreferrer', target: '_blank' };
}

function cleanUrl(url: string): string {
  return url.length > 8_000 ? '' : url.replace(/[\p{Cc}\u200b\u2028\u2029\ufeff]/gu, '').trim();
}

function cleanImage(attributes: Attributes, cids: ReadonlySet<string>): Attributes {
  const source = attributes.src ?? '';
  const cid = attributes['data-firstline-cid'] ?? (/^\s*cid:/i.test(source) ? decodeCid(source) : '');
  if (cid !== '') {
    const usable = cid.length <= 250 && !/[\s"<>]/.test(cid) && (cids.size === 0 || cids.has(cid));
    return usable ? { 'data-firstline-cid': cid } : {};
  }
  const remote = toRemote(attributes['data-firstline-src'] ?? source);
  if (remote) return { 'data-firstline-src': remote };
  const inlined = source.length <= maxInlineImageCharacters ? source.replace(/\s+/g, '') : '';
  return /^data:image\/(png|gif|jpe?g|webp);base64,[a-z0-9+/=]+$/i.test(inlined) ? { src: inlined } : {};
}

function decodeCid(source: string): string {
  const id = source.trim().slice(4).replace(/^<|>$/g, '');
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function toRemote(source: string): string {
  const url = cleanUrl(source).replace(/^\/\//, 'https://');
  return /^https?:\/\/[^/\\\s]/i.test(url) ? url : '';
}
