import type { Desk } from '../../../platform/desk.ts';
import { type MessageContent, ticketFiles } from '../../tickets/index.ts';
import type { ReadMail } from './reading/read-mail.ts';

type Attachments = NonNullable<MessageContent['attachments']>;

/** The parts of a mail as a ticket keeps them: its files durable, its pictures pointing at them. */
export async function storeParts(
  desk: Desk,
  letter: ReadMail,
  senderTrust: 'pass' | 'fail' | 'unknown',
): Promise<MessageContent> {
  const attachments: Attachments = [];
  for (const part of letter.mail.attachments) {
    const file = await ticketFiles.storeFile(desk, part.bytes);
    attachments.push({
      key: ticketFiles.newFileKey(),
      sha256: file.sha256,
      fileName: part.fileName ?? nameless(part.contentType),
      contentType: part.contentType.slice(0, 200),
      size: file.size,
      contentId: part.contentId,
      inline: part.inline,
    });
  }
  const { mail, text, html } = letter;
  const visible = html ? pointAtFiles(html.visible, attachments) : null;
  const quote = html?.quote ? pointAtFiles(html.quote, attachments) : null;
  return {
    text: text.visible,
    html: visible,
    signature: text.signature || null,
    quoteText: text.quote || null,
    quoteHtml: quote,
    remoteImages: html?.remoteImages ?? 0,
    senderTrust,
    attachments: withoutCopies(attachments.map((one) => asShown(one, `${visible ?? ''}${quote ?? ''}`))),
    mail: {
      ...(mail.messageId ? { messageId: mail.messageId } : {}),
      ...(mail.inReplyTo[0] ? { inReplyTo: mail.inReplyTo[0] } : {}),
      ...(mail.from ? { from: mail.from.address } : {}),
      to: mail.to.slice(0, 50).map((one) => one.address),
      cc: mail.cc.slice(0, 50).map((one) => one.address),
      subject: mail.subject,
    },
  };
}

/**
 * Many programs call every file inline and give it a Content-ID. Only what the text shows is left out of the list of
 * files: nobody would see the rest. Without HTML all are in the list, and pictures keep what they were meant for.
 */
function asShown(file: Attachments[number], html: string): Attachments[number] {
  if (html === '') return file;
  return { ...file, inline: html.includes(`data-firstline-file="${file.key}"`) };
}

/** The same file twice under one name is one; what the text shows stays. */
function withoutCopies(files: Attachments): Attachments {
  const nameOf = ({ sha256, fileName }: Attachments[number]) => `${sha256} ${fileName}`;
  const seen = new Set(files.filter((one) => one.inline).map(nameOf));
  return files.filter((one) => one.inline || (!seen.has(nameOf(one)) && seen.add(nameOf(one))));
}

/** `cid:` pictures, which the cleaner left as `data-firstline-cid`, point at the file that came with them. */
function pointAtFiles(html: string, attachments: Attachments): string {
  const keys = new Map(attachments.flatMap((one) => (one.contentId ? [[one.contentId, one.key]] : [])));
  return html.replace(/ data-firstline-cid="([^"]*)"/g, (whole, cid: string) => {
    const key = keys.get(
      cid
        .replace(/&amp;/g, '&')
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>'),
    );
    return key ? ` data-firstline-file="${key}"` : whole;
  });
}

function nameless(contentType: string): string {
  const kind = /^image\/(png|gif|jpe?g|webp|bmp)$/.exec(contentType)?.[1];
  return kind ? `image.${kind.replace('jpeg', 'jpg')}` : 'attachment';
}
