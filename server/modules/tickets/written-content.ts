import { convert } from 'html-to-text';
import sanitize from 'sanitize-html';
import type { CommandContext } from '../../platform/command.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { MessageContent } from './message-content.ts';
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
    img: ['alt', 'data-firstline-cid'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  // A picture is one of the message's own files or nothing.
  exclusiveFilter: (frame) => frame.tag === 'img' && !frame.attribs['data-firstline-cid'],
  transformTags: { a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }, true) },
  nestingLimit: 100,
};

export const cleanWrittenHtml = (html: string): string => sanitize(html, allowed).trim();

/** The words and files of a message made at the API; HTML is cleaned, and gives the text where none was sent. */
export async function contentOf(cx: CommandContext, written: WrittenMessage): Promise<MessageContent> {
  const html = written.html ? cleanWrittenHtml(written.html) : '';
  const text = written.text.trim() === '' && html !== '' ? plainOf(html) : written.text;
  const attachments = await claimUploads(cx, written.attachments);
  if (text.trim() === '' && attachments.length === 0)
    throw invalid({ text: 'a message needs words or a file' });
  return { text, html: html === '' ? null : html, attachments };
}

const plainOf = (html: string): string =>
  convert(html, {
    wordwrap: false,
    selectors: [{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } }],
  }).trim();
