import { Lock, Reply } from 'lucide-react';
import type { TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { ChannelMark } from '../list/channel-mark.tsx';
import type { DraftKind } from './draft.ts';

type KindTabsProps = {
  kind: DraftKind;
  ticket: TicketDetail;
  onKind: (kind: DraftKind) => void;
  copying: boolean;
  onCopy: () => void;
};

const kinds = [
  { kind: 'reply', icon: Reply, keys: 'R' },
  { kind: 'note', icon: Lock, keys: 'N' },
] as const;

/** Who will read this: the customer, or only colleagues. */
export function KindTabs({ kind, ticket, onKind, copying, onCopy }: KindTabsProps) {
  const t = useText();
  return (
    <div className="flex items-center gap-1">
      <fieldset aria-label={t('ticket.message_kind')} className="-ms-2 flex shrink-0 gap-0.5">
        {kinds.map((one) => (
          <Tooltip key={one.kind} text={t(`ticket.${one.kind}.who`)} keys={one.keys} side="top">
            <button
              type="button"
              aria-pressed={kind === one.kind}
              onClick={() => onKind(one.kind)}
              className={cx(
                'inline-flex min-h-7 items-center gap-1.5 rounded-md px-2 text-dense',
                kind === one.kind ? 'font-strong text-ink' : 'text-ink-3 hover:text-ink',
              )}
            >
              <Icon of={one.icon} directed={one.kind === 'reply'} />
              {t(`ticket.${one.kind}`)}
            </button>
          </Tooltip>
        ))}
      </fieldset>
      <span className="ms-auto flex min-w-0 items-center gap-2 text-dense text-ink-3">
        {kind === 'reply' ? (
          <>
            <bdi className="truncate">{t('ticket.to', { name: ticket.requesterName })}</bdi>
            <ChannelMark channel={ticket.channel} iconOnly />
          </>
        ) : (
          t('ticket.note_who')
        )}
        {kind === 'reply' && !copying && (
          <button
            type="button"
            onClick={onCopy}
            className="min-h-6 shrink-0 rounded-[4px] px-1 whitespace-nowrap hover:text-ink"
          >
            {ticket.ccs.length > 0 ? t('ticket.cc_n', { n: ticket.ccs.length }) : t('ticket.cc')}
          </button>
        )}
      </span>
    </div>
  );
}
