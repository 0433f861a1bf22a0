import { convert } from 'html-to-text';
import sanitize from 'sanitize-html';
import type { CommandContext } from '../../platform/command.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { MessageContent, NewAttachment } from './message-content.ts';
import { claimUploads } from './upload-file.ts';

/** What a person or a program writes at the API. */
export interface WrittenMessage {
  text: string;
  html?: string | undefined;
  attachments: string[];
}

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...[
      'p',
      'br',
      'div',
      'span',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'del',
      'sub',
      'sup',
      'a',
      'ul',
      'ol',
      'li',
    ],
    ...[
      'blockquote',
      'pre',
      'code',
      'hr',
      'h1',
      'h2',
      'h3',
      'h4',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'img',
    ],
  ],
  allowedAttributes: {
    a: ['href', 'rel'],
    img: ['alt', 'data-firstline-file'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  // A picture is one of the message's own files or nothing.
  exclusiveFilter: (frame) => frame.tag === 'img' && !frame.attribs['data-firstline-file'],
  nestingLimit: 100,
};

const link = sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }, true);

/** `cid:` pictures point at the upload they name, by its key, or by the id it came with. @throws 422 for no upload */
function cleanWrittenHtml(html: string, files: readonly NewAttachment[]): string {
  const unknown: string[] = [];
  const picture: sanitize.Transformer = (tagName, { alt, ...source }) => {
    const name = pictureIn(source);
    const file = files.find(({ key, contentId }) => name !== null && (key === name || contentId === name));
    if (name !== null && !file) unknown.push(name);
    return { tagName, attribs: { ...(alt && { alt }), ...(file && { 'data-firstline-file': file.key }) } };
  };
  const cleaned = sanitize(html, { ...allowed, transformTags: { a: link, img: picture } }).trim();
  if (unknown.length === 0) return cleaned;
  const names = unknown.map((name) => `cid:${name.slice(0, 100)}`).join(', ');
  throw invalid({
    html: `${names} is no upload of this message; name one by its key, and list it in attachments`,
  });
}

/** As a mail says it, or as the desk itself does where the HTML was read here. */
function pictureIn({ src = '', ...own }: sanitize.Attributes): string | null {
  const cid = /^\s*cid:(.*)$/is.exec(src)?.[1]?.trim();
  return own['data-firstline-file'] ?? own['data-firstline-cid'] ?? cid ?? null;
}

/** The words and files of a message made at the API; HTML is cleaned, and gives the text where none was sent. */
export async function contentOf(cx: CommandContext, written: WrittenMessage): Promise<MessageContent> {
  const attachments = await claimUploads(cx, written.attachments);
  const html = written.html ? cleanWrittenHtml(written.html, attachments) : '';
  const text = written.text.trim() === '' && html !== '' ? plainOf(html) : written.text;
  if (text.trim() === '' && attachments.length === 0)
    throw invalid({ text: 'a message needs words or a file' });
  return { text, html: html === '' ? null : html, attachments };
}

const plainOf = (html: string): string =>
  convert(html, {
    wordwrap: false,
    selectors: [{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } }],
  }).trim();
