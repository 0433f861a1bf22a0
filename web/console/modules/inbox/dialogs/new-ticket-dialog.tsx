import { type FormEvent, useId, useState } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { refreshTickets } from '../ticket-cache.ts';
import { useAddress } from '../use-address.ts';
import { NewTicketFields } from './new-ticket-fields.tsx';
import { beginOpening, bodyOf, isBegun } from './opening.ts';

/**
 * A call or a visit written down for a customer, or the desk writing first; also after a closed ticket. Closing with
 * words in it asks once.
 */
export function NewTicketDialog({ follows, onClose }: { follows?: Ticket; onClose: () => void }) {
  const t = useText();
  const form = useId();
  const address = useAddress();
  const [opening, setOpening] = useState(() => beginOpening(follows));
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [warned, setWarned] = useState(false);
  const close = () => (isBegun(opening, follows) && !warned ? setWarned(true) : onClose());

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const body = bodyOf(opening, follows);
      const ticket = await request<Ticket>('POST', '/tickets', { body, idempotencyKey: key });
      refreshTickets(follows ? [ticket.id, follows.id] : [ticket.id]);
      onClose();
      address.openTicket(ticket.id);
      toast(t('ticket.new.opened', { id: ticket.id }));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      title={follows ? t('ticket.follow_up_of', { id: follows.id }) : t('inbox.new_ticket')}
      description={follows && t('ticket.follow_up.text', { name: follows.requesterName })}
      footer={
        <>
          <Button onClick={close}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={busy}>
            {t(`ticket.new.${opening.who}.do`)}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="grid gap-4">
        {warned && isBegun(opening, follows) && (
          <p role="alert" className="rounded-md bg-due-well px-3 py-2">
            {t('ticket.new.unsaved')}
          </p>
        )}
        <NewTicketFields
          opening={opening}
          error={error}
          asksWho={follows === undefined}
          onChange={(change) => setOpening((now) => ({ ...now, ...change }))}
        />
        {error !== null && (
          <p role="alert" className="text-late">
            {t('ticket.new.failed', { why: wordsOf(error, t) })}
          </p>
        )}
      </form>
    </Dialog>
  );
}
