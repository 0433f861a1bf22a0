import { useState } from 'react';
import type { Mail } from '../../../../../server/modules/channels/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useAct } from '../use-act.ts';

/** Puts a held mail on a ticket as its sender's message. */
export function JoinDialog({ mail, onClose }: { mail: Mail; onClose: () => void }) {
  const t = useText();
  const act = useAct({ saysErrors: false });
  const { error } = act;
  const missing = error instanceof ApiError && error.status === 404;
  const [ticket, setTicket] = useState('');
  const join = () =>
    act.mutate(
      {
        method: 'POST',
        path: `/mail/ledger/${mail.id}/join`,
        body: { ticketId: Number(ticket) },
        done: t('settings.mail.did.join'),
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.mail.do.join')}
      description={mail.subject ?? undefined}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={act.isPending} disabled={ticket === ''} onClick={join}>
            {t('settings.mail.do.join')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('settings.ticket_number')}
        inputMode="numeric"
        value={ticket}
        onChange={(next) => setTicket(next.replace(/\D/g, ''))}
        error={missing ? t('settings.mail.no_ticket') : error ? wordsOf(error, t) : undefined}
      />
    </Dialog>
  );
}
