import type { AuthorKind } from './events.ts';

/** What somebody said, cut into parts by its channel. `html` is clean already. */
export interface MessageContent {
  text: string;
  html?: string | null;
  signature?: string | null;
  quoteText?: string | null;
  quoteHtml?: string | null;
  remoteImages?: number;
  senderTrust?: 'pass' | 'fail' | 'unknown' | null;
  attachments?: NewAttachment[];
  mail?: MailHeaders;
}

export interface MailHeaders {
  messageId?: string;
  inReplyTo?: string;
  from?: string;
  to?: string[];
  cc?: string[];
  subject?: string;
}

/** A file whose bytes are stored already (`storeFile`). */
export interface NewAttachment {
  /** From `newFileKey()`. */
  key: string;
  /** Lower-case hex. */
  sha256: string;
  fileName: string;
  contentType: string;
  size: number;
  contentId?: string | null;
  inline?: boolean;
}

export interface Author {
  author: AuthorKind;
  authorId: number | null;
}

const previewLength = 140;

/** One line for lists: at most 140 characters, never half a character. */
export function previewOf(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= previewLength) return line;
  return `${characters.slice(0, previewLength - 1).join('')}…`;
}
