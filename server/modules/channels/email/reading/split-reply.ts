import { divideReply, type LinePart } from './divide-reply.ts';
import { breakSharedLines, readLineKinds } from './reply-lines.ts';

/**
 * One text in three parts. `visible + signature` is the reply with its signature as it was written (the
 * signature keeps the blank lines before it); `quote` is the earlier mail with the line that introduces it.
 */
export type ReplyParts = { visible: string; signature: string; quote: string };

/**
 * Splits what a person wrote from their signature and from the mail they answer. Linear in the text.
 * `isForward` keeps a forwarded mail visible: there it is the message.
 */
export function splitReply(text: string, options: { isForward?: boolean } = {}): ReplyParts {
  const lines = breakSharedLines(text.replace(/\r\n?/g, '\n').split('\n'));
  const parts = divideReply(lines, readLineKinds(lines), { isForward: options.isForward === true });
  const take = (part: LinePart) => lines.filter((_, index) => parts[index] === part);
  const signature = take('signature').join('\n').trimEnd();
  return {
    visible: trimBlankEdges(take('visible')),
    signature: signature === '' ? '' : `\n${signature}`,
    quote: trimBlankEdges(take('quote')),
  };
}

function trimBlankEdges(lines: string[]): string {
  let start = 0;
  while (start < lines.length && lines[start]!.trim() === '') start += 1;
  return lines.slice(start).join('\n').trimEnd();
}
