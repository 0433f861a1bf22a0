import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useText } from '../../../ui/text.tsx';
import { openPickerHere, type PickerName } from '../inbox/acts/open-picker.ts';
import { inboxesQuery, teamsQuery } from '../inbox/desk-queries.ts';
import { PanelPart } from './panel-part.tsx';

/** How the desk has filed the ticket; each row opens the same menu as its key. */
export function Properties({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const inbox = inboxes.find((one) => one.id === ticket.inboxId)?.name;
  const closed = ticket.status === 'closed';
  return (
    <PanelPart title={t('ticket.properties')}>
      <div className="-mx-2">
        <Row label={t('ticket.status')} name="status" keys="S" disabled={closed}>
          <StatusMark status={ticket.status} />
        </Row>
        <Row label={t('ticket.owner')} name="assign" keys="A" disabled={closed}>
          <bdi>{ticket.assigneeName ?? t('ticket.nobody')}</bdi>
        </Row>
        <Row label={t('ticket.team')} name="team" disabled={closed}>
          <bdi>{teams.find((one) => one.id === ticket.teamId)?.name ?? '—'}</bdi>
        </Row>
        <Row label={t('ticket.priority')} name="priority" keys="P" disabled={closed}>
          {ticket.priority ? t(`ticket.priority.${ticket.priority}`) : '—'}
        </Row>
        <Row label={t('ticket.type')} name="type" disabled={closed}>
          {ticket.type ? t(`ticket.type.${ticket.type}`) : '—'}
        </Row>
        <Row label={t('ticket.tier')} name="tier" keys="1" disabled={closed}>
          {ticket.tier === null ? '—' : t('ticket.tier_n', { n: ticket.tier })}
        </Row>
        <Row label={t('ticket.tags')} name="tag" keys="T" below={<Tags of={ticket.tags} />}>
          {ticket.tags.length === 0 && '—'}
        </Row>
        <Row label={t('ticket.cc')} name="copy" disabled={closed}>
          <bdi>{ticket.ccs.map(({ name, email }) => name || email).join(', ') || '—'}</bdi>
        </Row>
        {inbox && (
          <p className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2 px-2 py-1">
            <span className="truncate text-ink-3">{t('ticket.inbox')}</span>
            <bdi className="truncate" title={inbox}>
              {inbox}
            </bdi>
          </p>
        )}
      </div>
    </PanelPart>
  );
}

type RowProps = {
  label: string;
  name: PickerName;
  keys?: string;
  disabled?: boolean;
  children: ReactNode;
  /** What needs the whole width. */
  below?: ReactNode;
};

function Row({ label, name, keys, disabled, children, below }: RowProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={() => openPickerHere(name)}
      className="group/property grid min-h-7 w-full grid-cols-[6rem_minmax(0,1fr)_auto] items-baseline gap-2 rounded-md px-2 py-1 text-start enabled:hover:bg-paper"
    >
      <span className="truncate text-ink-3">{label}</span>
      <span className="min-w-0 truncate">{children}</span>
      {keys && !disabled && (
        <span className="opacity-0 group-hover/property:opacity-100 group-focus-visible/property:opacity-100">
          <Kbd keys={keys} />
        </span>
      )}
      {below}
    </button>
  );
}

/** Side by side, as many as a line takes. */
function Tags({ of: tags }: { of: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="col-span-full flex min-w-0 flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag} className="inline-block! bg-raised!" title={tag}>
          <bdi>{tag}</bdi>
        </Badge>
      ))}
    </span>
  );
}
