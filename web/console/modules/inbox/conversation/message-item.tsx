import { Bell, Bot, Lock, ShieldAlert, ShieldQuestion } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Message } from '../../../../../server/modules/tickets/contract.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { ChannelMark } from '../list/channel-mark.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { MessageBody } from './message-body.tsx';

export type MessageKind = 'customer' | 'agent' | 'note' | 'bot' | 'system';

export const kindOf = (message: Pick<Message, 'public' | 'authorKind'>): MessageKind =>
  !message.public && message.authorKind !== 'system' ? 'note' : message.authorKind;

const looks: Record<MessageKind, string> = {
  customer: 'bg-customer',
  agent: 'bg-agent inset-ring inset-ring-line/70',
  note: 'bg-note',
  bot: 'bg-bot border border-dotted border-edge',
  system: 'text-ink-3',
};

type MessageItemProps = { message: Message; channel: Message['channel']; ticketId: number; folded: boolean };

/** One message in the look of its kind; an old one is a line until it is wanted. */
export function MessageItem({ message, channel, ticketId, folded }: MessageItemProps) {
  const [wanted, setWanted] = useState(false);
  const kind = kindOf(message);
  const withdrawn = message.delivery?.state === 'withdrawn';
  if ((folded || withdrawn || kind === 'system') && !wanted)
    return <FoldedMessage message={message} onOpen={() => setWanted(true)} />;
  return (
    <article
      aria-label={message.authorName}
      data-message={message.id}
      className={cx(
        'mx-2 rounded-md px-2 py-3 tablet:px-3',
        looks[kind],
        kind === 'system' && 'py-1 text-dense',
      )}
    >
      <header className="mb-1.5 flex items-center gap-x-2">
        {kind !== 'system' && <KindMark kind={kind} name={message.authorName} />}
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
          <bdi
            title={message.authorName}
            className={cx('max-w-full truncate', kind !== 'system' && 'font-strong')}
          >
            {message.authorName}
          </bdi>
          <MessageBadges message={message} kind={kind} channel={channel} ticketId={ticketId} />
        </span>
        <Time at={message.createdAt} as="nearby" className="ms-auto shrink-0 text-dense text-ink-3" />
      </header>
      <div className={kind === 'system' ? undefined : 'tablet:ps-9'}>
        <Recipients message={message} />
        <MessageBody message={message} />
        {message.delivery && <DeliveryLine message={message} delivery={message.delivery} />}
      </div>
    </article>
  );
}

function KindMark({ kind, name }: { kind: MessageKind; name: string }) {
  if (kind !== 'bot') return <Avatar name={name} />;
  return (
    <span className="grid size-7 place-items-center rounded-full bg-sunken text-ink-2">
      <Icon of={Bot} />
    </span>
  );
}

function MessageBadges({
  message,
  kind,
  channel,
  ticketId,
}: Omit<MessageItemProps, 'folded'> & { kind: MessageKind }) {
  const t = useText();
  return (
    <>
      {kind === 'note' && (
        <Mark>
          <Icon of={Lock} />
          {t('ticket.note')}
        </Mark>
      )}
      {kind === 'bot' && <Mark>{t('ticket.bot')}</Mark>}
      {message.channel !== channel && <ChannelMark channel={message.channel} className="text-dense" />}
      {message.ticketId !== ticketId && <Mark>{t('ticket.from_merged', { id: message.ticketId })}</Mark>}
      {kind === 'customer' && <Trust message={message} />}
    </>
  );
}

const Mark = ({ children }: { children: ReactNode }) => (
  <span className="inline-flex items-center gap-1 text-dense text-ink-2">{children}</span>
);

/** Said only where there is reason to look twice at who wrote. */
function Trust({ message }: { message: Message }) {
  const t = useText();
  if (message.senderTrust !== 'fail' && message.senderTrust !== 'unknown') return null;
  const failed = message.senderTrust === 'fail';
  return (
    <Tooltip
      text={t(`ticket.trust.${message.senderTrust}.text`, {
        address: message.mail?.from ?? message.authorName,
      })}
    >
      <button
        type="button"
        className={cx(
          'inline-flex min-h-6 items-center gap-1 text-dense',
          failed ? 'text-late' : 'text-ink-3',
        )}
      >
        <Icon of={failed ? ShieldAlert : ShieldQuestion} />
        {t(`ticket.trust.${message.senderTrust}`)}
      </button>
    </Tooltip>
  );
}

function Recipients({ message }: { message: Message }) {
  const t = useText();
  const cc = message.mail?.cc ?? [];
  if (cc.length === 0) return null;
  return (
    <p className="mb-1.5 truncate text-dense text-ink-3" title={cc.join(', ')}>
      {t('ticket.cc')} <bdi>{cc.join(', ')}</bdi>
    </p>
  );
}

function FoldedMessage({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const t = useText();
  const kind = kindOf(message);
  const withdrawn = message.delivery?.state === 'withdrawn';
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={onOpen}
      className={cx(
        'mx-2 flex min-h-9 items-center gap-2 rounded-md px-2 text-start text-dense text-ink-2 hover:bg-sunken tablet:px-3',
        kind === 'note' && 'bg-note',
      )}
    >
      {kind === 'system' ? (
        <Icon of={Bell} className="mx-0.5 text-ink-3" />
      ) : (
        <Avatar name={message.authorName} size="small" />
      )}
      <bdi className="max-w-1/2 shrink-0 truncate text-ink">{message.authorName}</bdi>
      {withdrawn && <span className="shrink-0">{t('ticket.withdrawn')}</span>}
      <bdi className={cx('min-w-0 flex-1 truncate text-ink-3', withdrawn && 'line-through')}>
        {message.text.slice(0, 200)}
      </bdi>
      <Time at={message.createdAt} as="nearby" className="shrink-0 text-ink-3" />
    </button>
  );
}
