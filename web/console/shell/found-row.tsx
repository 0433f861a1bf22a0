import { Fragment } from 'react';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Time } from '../../ui/time.tsx';
import type { FoundTicket } from './use-found-tickets.ts';

type Snippet = FoundTicket['snippets'][number];

/** A ticket that was found, and by which words. */
export function FoundRow({ hit: { ticket, snippets } }: { hit: FoundTicket }) {
  const subject = snippets.find(({ messageId }) => messageId === null);
  const said = snippets.find(({ messageId }) => messageId !== null);
  return (
    <span className="min-w-0 flex-1 py-0.5">
      <span className="flex items-baseline gap-2">
        <StatusMark status={ticket.status} shapeOnly className="self-center" />
        <bdi className="min-w-0 flex-1 truncate">
          {subject ? <Marked snippet={subject} /> : ticket.subject}
        </bdi>
        <span className="figures shrink-0 text-dense text-ink-3">#{ticket.id}</span>
      </span>
      <span className="flex items-baseline gap-2 ps-5 text-dense text-ink-3">
        <bdi className="max-w-40 shrink-0 truncate text-ink-2">{ticket.requesterName}</bdi>
        <bdi className="min-w-0 flex-1 truncate">{said ? <Marked snippet={said} /> : ticket.preview}</bdi>
        <Time at={ticket.updatedAt} as="nearby" className="shrink-0" />
      </span>
    </span>
  );
}

const leadLetters = 16;

/** The words that matched stand out by weight, not by colour alone; what stands long before them is left out. */
function Marked({ snippet: { text, ranges } }: { snippet: Snippet }) {
  const first = ranges[0]?.[0] ?? 0;
  const cut = first > leadLetters ? text.indexOf(' ', first - leadLetters) + 1 || first - leadLetters : 0;
  const begin = Math.min(cut, first);
  const parts = ranges.map(([start, end], index) => ({
    at: start,
    before: text.slice(ranges[index - 1]?.[1] ?? begin, start),
    marked: text.slice(start, end),
  }));
  return (
    <>
      {begin > 0 && '…'}
      {parts.map(({ at, before, marked }) => (
        <Fragment key={at}>
          {before}
          <mark className="bg-due-well font-strong text-ink">{marked}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}
