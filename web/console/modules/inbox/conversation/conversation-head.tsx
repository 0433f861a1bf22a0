import {
  ArrowDown,
  ArrowLeft,
  Check,
  Ellipsis,
  GitMerge,
  Hand,
  History,
  type LucideIcon,
  PanelRight,
  ShieldAlert,
  Trash2,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../../../ui/menu.tsx';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useWide } from '../../../../ui/use-wide.ts';
import { openPickerHere, type PickerName } from '../acts/open-picker.ts';
import type { Acts } from '../acts/use-acts.ts';
import { ChannelMark } from '../list/channel-mark.tsx';
import { LanguageMark } from '../list/language-mark.tsx';
import { TicketPromise } from '../list/row-promise.tsx';

type HeadProps = {
  ticket: Ticket;
  acts: Acts;
  history: boolean;
  onHistory: () => void;
  panelOpen: boolean;
  onPanel: () => void;
  onBack: () => void;
  onNext: () => void;
};

/** What this ticket is and where it stands, with what is done most. */
export function ConversationHead(props: HeadProps) {
  const t = useText();
  const { ticket, panelOpen, onBack } = props;
  // Where it has the screen to itself, no list gives the page its heading.
  const Subject = useWide('desk') ? 'h2' : 'h1';
  return (
    <header className="shrink-0 border-b border-line px-3 pt-2 pb-1.5 tablet:px-5">
      <div className="flex items-start gap-1">
        <IconButton
          icon={ArrowLeft}
          directed
          label={t('ticket.back')}
          keys="Esc"
          onClick={onBack}
          className="-ms-2 desk:hidden"
        />
        <Subject className="line-clamp-2 min-w-0 flex-1 pt-1 text-title wrap-anywhere" title={ticket.subject}>
          <bdi>{ticket.subject}</bdi>
        </Subject>
        <HeadActions {...props} />
      </div>
      <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-dense text-ink-3">
        <span className="figures">#{ticket.id}</span>
        <StatusMark status={ticket.status} />
        <TicketPromise ticket={ticket} />
        {ticket.dueAt !== null && ticket.dueTarget && <span>{t(`ticket.target.${ticket.dueTarget}`)}</span>}
        <ChannelMark channel={ticket.channel} iconOnly />
        <LanguageMark language={ticket.language} />
        {!panelOpen && <bdi className="truncate">{ticket.assigneeName ?? t('ticket.nobody')}</bdi>}
      </p>
    </header>
  );
}

function HeadActions({ ticket, acts, history, onHistory, panelOpen, onPanel, onNext }: HeadProps) {
  const t = useText();
  const unsolved = ticket.status !== 'solved' && ticket.status !== 'closed';
  const solve = () =>
    acts.set([ticket], 'status', 'solved', t('ticket.status_set', { status: t('ui.status.solved') }));
  return (
    <div className="flex shrink-0 items-center">
      {unsolved && ticket.assigneeId === null && (
        <MainAct icon={Hand} keys="C" label={t('ticket.claim')} onClick={() => acts.claim([ticket])} />
      )}
      {unsolved && ticket.assigneeId !== null && (
        <MainAct icon={Check} keys="E" label={t('ticket.solve')} onClick={solve} />
      )}
      <IconButton
        icon={ArrowDown}
        label={t('inbox.do.next')}
        keys="J"
        onClick={onNext}
        className="desk:hidden"
      />
      <IconButton
        icon={History}
        label={t('ticket.history_toggle')}
        aria-pressed={history}
        onClick={onHistory}
        className="max-tablet:hidden"
      />
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('ticket.more')} />}
        items={useMoreActs({ ticket, acts, onHistory })}
      />
      <IconButton
        icon={PanelRight}
        directed
        label={t('customer.panel')}
        keys="V"
        aria-pressed={panelOpen}
        onClick={onPanel}
        className="-me-2"
      />
    </div>
  );
}

type MainActProps = { icon: LucideIcon; keys: string; label: string; onClick: () => void };

/** What is done most; where the subject needs the room, by its sign alone. */
function MainAct({ label, ...rest }: MainActProps) {
  return (
    <>
      <Button {...rest} className="me-1 max-tablet:hidden">
        {label}
      </Button>
      <IconButton {...rest} label={label} className="text-signal tablet:hidden" />
    </>
  );
}

function useMoreActs({
  ticket,
  acts,
  onHistory,
}: Pick<HeadProps, 'ticket' | 'acts' | 'onHistory'>): MenuItem[] {
  const t = useText();
  const closed = ticket.status === 'closed';
  const { mergedInto } = ticket;
  const ask = (name: PickerName) => () => openPickerHere(name);
  return [
    { label: t('inbox.do.assign'), icon: UserRound, keys: 'A', disabled: closed, onSelect: ask('assign') },
    { label: t('inbox.do.copy'), icon: UsersRound, disabled: closed, onSelect: ask('copy') },
    mergedInto === null
      ? { label: t('inbox.do.merge'), icon: GitMerge, onSelect: ask('merge') }
      : {
          label: t('ticket.unmerge'),
          icon: GitMerge,
          onSelect: () => void acts.unmerge(ticket.id, mergedInto),
        },
    { label: t('ticket.history_toggle'), icon: History, onSelect: onHistory },
    { kind: 'rule' },
    ticket.spam
      ? { label: t('ticket.not_spam'), icon: ShieldAlert, onSelect: () => void acts.unmarkSpam([ticket]) }
      : { label: t('inbox.do.spam'), icon: ShieldAlert, onSelect: () => void acts.markSpam([ticket]) },
    ticket.deleted
      ? { label: t('ticket.restore'), icon: Trash2, onSelect: () => void acts.restore([ticket]) }
      : {
          label: t('inbox.do.delete'),
          icon: Trash2,
          grave: true,
          onSelect: () => void acts.remove([ticket]),
        },
  ];
}
