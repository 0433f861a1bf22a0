import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { cx } from '../../../../ui/cx.ts';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { LanguageMark } from './language-mark.tsx';
import { TicketPromise, WaitOrAge } from './row-promise.tsx';
import { TagLine } from './tag-line.tsx';

/** A cell takes no focus: the grid holds it and names its active row. */
const cell = { role: 'gridcell' } as const;

const firstLine = (text: string) => text || '—';

/** One line; `roomy` says in words what is else a sign, `high` puts what was said under the subject. */
export function WideCells({
  ticket,
  inbox,
  roomy,
  high,
}: {
  ticket: Ticket;
  inbox?: string;
  roomy: boolean;
  high: boolean;
}) {
  return (
    <>
      <span {...cell} className="w-28 shrink-0 truncate">
        <StatusMark status={ticket.status} className="max-w-full" />
      </span>
      <SubjectCell ticket={ticket} high={high} tags={roomy ? 2 : 1} />
      <span {...cell} className="w-32 shrink-0 truncate" title={ticket.requesterName}>
        <bdi>{ticket.requesterName}</bdi>
      </span>
      <span {...cell} className="w-10 shrink-0 truncate text-ink-3">
        <LanguageMark language={ticket.language} />
      </span>
      <span {...cell} className={cx('flex shrink-0 items-center overflow-hidden', roomy ? 'w-30' : 'w-5')}>
        <ChannelMark channel={ticket.channel} inbox={inbox} iconOnly={!roomy} />
      </span>
      <OwnerCell name={ticket.assigneeName} />
      <span {...cell} className="figures w-(--wait) shrink-0 truncate text-ink-2">
        <WaitOrAge ticket={ticket} />
      </span>
      <span {...cell} className="w-(--promise) shrink-0 truncate">
        {ticket.dueAt !== null && <TicketPromise ticket={ticket} />}
      </span>
      <span {...cell} className="w-(--changed) shrink-0 truncate text-end text-ink-3">
        <Time at={ticket.updatedAt} as="nearby" />
      </span>
    </>
  );
}

function SubjectCell({ ticket, high, tags }: { ticket: Ticket; high: boolean; tags: 1 | 2 }) {
  return (
    <span {...cell} className="flex min-w-0 flex-1 items-center gap-3">
      <span className={cx('min-w-0 flex-1', high ? 'leading-5' : 'flex items-baseline gap-2')}>
        <bdi
          className={cx('block truncate text-body', !high && 'max-w-[85%] shrink-0')}
          title={ticket.subject}
        >
          {ticket.subject}
        </bdi>
        <bdi className="block min-w-0 truncate text-ink-3">{firstLine(ticket.preview)}</bdi>
      </span>
      <TagLine tags={ticket.tags} shown={tags} />
    </span>
  );
}

function OwnerCell({ name }: { name: string | null }) {
  const t = useText();
  return (
    <span {...cell} className="flex w-30 shrink-0 items-center gap-1.5" title={name ?? undefined}>
      {name === null ? (
        <span className="text-ink-3">{t('ticket.nobody')}</span>
      ) : (
        <>
          <Avatar name={name} size="small" />
          <bdi className="truncate">{name}</bdi>
        </>
      )}
    </span>
  );
}

/** Beside a conversation or on a phone: one line, or two. */
export function NarrowCells({
  ticket,
  inbox,
  two,
  strong,
}: {
  ticket: Ticket;
  inbox?: string;
  two: boolean;
  strong: boolean;
}) {
  const t = useText();
  return (
    <span {...cell} className="min-w-0 flex-1 leading-5">
      <span className="flex items-center gap-2">
        <bdi className="min-w-0 flex-1 truncate align-with-page">{ticket.subject}</bdi>
        {!two && <OwnerMark name={ticket.assigneeName} />}
        <TicketPromise ticket={ticket} className="figures shrink-0 text-ink-3" />
        {ticket.waitingSince === null && ticket.dueAt === null && (
          <Time at={ticket.updatedAt} as="nearby" className="shrink-0 text-ink-3" />
        )}
      </span>
      {two && (
        <span className="flex items-center gap-1.5 text-ink-3">
          <span className={cx('shrink-0', strong && 'font-strong')}>{t(`ui.status.${ticket.status}`)}</span>
          <span aria-hidden="true">·</span>
          <span className="min-w-0 flex-1 truncate">
            <bdi className="text-ink-2">{ticket.requesterName}</bdi> <bdi>{firstLine(ticket.preview)}</bdi>
          </span>
          <LanguageMark language={ticket.language} className="shrink-0" />
          <ChannelMark channel={ticket.channel} inbox={inbox} iconOnly />
          <OwnerMark name={ticket.assigneeName} />
        </span>
      )}
    </span>
  );
}

function OwnerMark({ name }: { name: string | null }) {
  if (name === null) return null;
  return (
    <span title={name} className="inline-flex">
      <Avatar name={name} size="small" />
      <span className="sr-only">{name}</span>
    </span>
  );
}
