import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { otherTicketsQuery } from '../../customers/customer-queries.ts';
import type { Acts } from '../acts/use-acts.ts';
import { ticketQuery } from '../desk-queries.ts';

type MergeDialogProps = { ticket: Ticket; acts: Acts; onClose: () => void };

/** Where this conversation goes on: another ticket of the same person, or any by its number. */
export function MergeDialog({ ticket, acts, onClose }: MergeDialogProps) {
  const t = useText();
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const { data: own } = useQuery(otherTicketsQuery(ticket.requesterId));
  const wanted = Number(number.replace('#', '').trim());
  const asked = Number.isInteger(wanted) && wanted > 0 && wanted !== ticket.id;
  const { data: found } = useQuery({ ...ticketQuery(wanted), enabled: asked });
  const others = (own?.items ?? []).filter((one) => one.id !== ticket.id && one.status !== 'closed');
  const target = asked ? found : undefined;
  const merge = (into: number) => {
    onClose();
    void acts.merge(ticket.id, into, reason.trim() || undefined);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('ticket.merge')}
      description={t('ticket.merge.text', { id: ticket.id })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={!target} onClick={() => target && merge(target.id)}>
            {t('ticket.merge.do', { id: target?.id ?? '…' })}
          </Button>
        </>
      }
    >
      <TextField
        label={t('ticket.merge.number')}
        value={number}
        onChange={setNumber}
        inputMode="numeric"
        hint={target ? `${target.requesterName}: ${target.subject}` : undefined}
      />
      <div className="mt-4">
        <TextField
          label={t('ticket.reason')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          dir="auto"
        />
      </div>
      {others.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-dense font-normal text-ink-3">{t('customer.others')}</h3>
          <ul className="-mx-2">
            {others.slice(0, 10).map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  onClick={() => setNumber(String(one.id))}
                  className={cx(
                    'flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-sunken',
                    one.id === wanted && 'bg-signal-well [--ink-3:var(--ink-2)]',
                  )}
                >
                  <StatusMark status={one.status} shapeOnly />
                  <span className="figures text-ink-3">#{one.id}</span>
                  <bdi className="min-w-0 truncate">{one.subject}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
