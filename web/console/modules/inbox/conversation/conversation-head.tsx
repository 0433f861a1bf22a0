import {
  ArrowDown,
  ArrowLeft,
  Check,
  Ellipsis,
  GitMerge,
  Hand,
  History,
  PanelRight,
  ShieldAlert,
  Trash2,
  UserRound,
} from 'lucide-react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu } from '../../../../ui/menu.tsx';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { openPicker } from '../acts/open-picker.ts';
import type { Acts } from '../acts/use-acts.ts';
import { ChannelMark } from '../list/channel-mark.tsx';
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
  const { ticket, onBack } = props;
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
        <h2 className="line-clamp-2 min-w-0 flex-1 pt-1 text-title wrap-anywhere" title={ticket.subject}>
          <bdi>{ticket.subject}</bdi>
        </h2>
        <HeadActions {...props} />
      </div>
      <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-dense text-ink-3">
        <span className="figures">#{ticket.id}</span>
        <StatusMark status={ticket.status} />
        <TicketPromise ticket={ticket} />
        {ticket.dueAt !== null && ticket.dueTarget && <span>{t(`ticket.target.${ticket.dueTarget}`)}</span>}
        <ChannelMark channel={ticket.channel} />
        <bdi className="truncate">{ticket.assigneeName ?? t('ticket.nobody')}</bdi>
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
      {ticket.assigneeId === null && unsolved && (
        <Button icon={Hand} keys="C" onClick={() => void acts.claim([ticket])} className="me-1">
          {t('ticket.claim')}
        </Button>
      )}
      {unsolved && ticket.assigneeId !== null && (
        <Button icon={Check} keys="E" onClick={solve} className="me-1">
          {t('ticket.solve')}
        </Button>
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
        items={[
          {
            label: t('inbox.do.assign'),
            icon: UserRound,
            keys: 'A',
            onSelect: () => openPicker.set('assign'),
          },
          { label: t('inbox.do.merge'), icon: GitMerge, onSelect: () => openPicker.set('merge') },
          { label: t('ticket.history_toggle'), icon: History, onSelect: onHistory },
          { kind: 'rule' },
          ticket.spam
            ? {
                label: t('ticket.not_spam'),
                icon: ShieldAlert,
                onSelect: () => void acts.unmarkSpam([ticket]),
              }
            : { label: t('inbox.do.spam'), icon: ShieldAlert, onSelect: () => void acts.markSpam([ticket]) },
          {
            label: t('inbox.do.delete'),
            icon: Trash2,
            grave: true,
            onSelect: () => void acts.remove([ticket]),
          },
        ]}
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
