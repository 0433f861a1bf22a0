import type { MailAttachment } from './body-parts.ts';
import { classify, type MailClass } from './classify.ts';
import { cleanHtml } from './clean-html.ts';
import { type ParsedMail, readEnvelopeAndBody } from './read-message.ts';
import { splitReply } from './split-reply.ts';
import { splitReplyHtml } from './split-reply-html.ts';
import { baseSubject, ticketNumberInSubject } from './subject.ts';

/** Everything the desk wants to know of one mail. Plain values only: it crosses a process boundary. */
export type ReadMail = {
  mail: Omit<ParsedMail, 'html'>;
  subject: { base: string; depth: number; isForward: boolean; ticketNumber: number | null };
  /** Own words, signature and the mail that is answered, apart (see `splitReply`). */
  text: { visible: string; signature: string; quote: string };
  /** null for a mail in plain text. All of it is clean; `visible` is what stands above the fold. */
  html: { visible: string; quote: string; remoteImages: number } | null;
  class: MailClass;
};

/** The whole pure reading of a raw mail. Throws `MailRefusal` when it passes a limit. */
export function readMail(raw: Buffer): ReadMail {
  const { mail, body } = readEnvelopeAndBody(raw);
  const { html, ...rest } = mail;
  const subject = baseSubject(mail.subject);
  const cleaned = html === null ? null : cleanHtml(html, { cids: contentIds(mail.attachments) });
  const text = body.text ?? cleaned?.text ?? '';
  const parts = splitReply(text, subject);
  const richParts = cleaned
    ? splitReplyHtml(cleaned.html, { isForward: subject.isForward, text: cleaned.text })
    : null;
  // Without plain text the HTML knows better than its text where the quote begins.
  const split =
    body.text === null && richParts ? splitRich(richParts.visibleText, richParts.quoteHtml, parts) : parts;
  return {
    mail: { ...rest, text },
    subject: { ...subject, ticketNumber: ticketNumberInSubject(mail.subject) },
    text: split,
    html:
      cleaned && richParts
        ? { visible: richParts.visibleHtml, quote: richParts.quoteHtml, remoteImages: cleaned.remoteImages }
        : null,
    class: classify({ ...mail, text }),
  };
}

function splitRich(visibleText: string, quoteHtml: string, whole: ReadMail['text']): ReadMail['text'] {
  if (quoteHtml === '') return whole;
  const own = splitReply(visibleText, { isForward: true });
  return { visible: own.visible, signature: own.signature, quote: whole.quote };
}

function contentIds(attachments: MailAttachment[]): Set<string> {
  return new Set(attachments.flatMap((one) => (one.contentId ? [one.contentId] : [])));
}
