import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { fieldWords, wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { inboxesQuery } from '../desk-queries.ts';
import { channels } from '../filters.ts';
import { refreshTicket } from '../ticket-cache.ts';
import { useAddress } from '../use-address.ts';

type Who = 'on_behalf' | 'proactive';
type Channel = (typeof channels)[number];

/** A call or a visit written down for a customer, or the desk writing first. */
export function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const form = useId();
  const address = useAddress();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const [who, setWho] = useState<Who>('on_behalf');
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  const [channel, setChannel] = useState<Channel>('phone');
  const [inbox, setInbox] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = (path: string) => (error ? fieldWords(error, path, t) : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const ticket = await request<Ticket>('POST', '/tickets', {
        body: {
          subject,
          requester: { email: email.trim(), ...(name.trim() ? { name: name.trim() } : {}) },
          message: { text, author: who === 'on_behalf' ? 'customer' : 'agent' },
          channel: who === 'proactive' ? 'email' : channel,
          origin: who,
          ...(inbox ? { inboxId: Number(inbox) } : {}),
        },
      });
      refreshTicket(ticket.id);
      onClose();
      address.openTicket(ticket.id);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('inbox.new_ticket')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={busy}>
            {t(`ticket.new.${who}.do`)}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="grid gap-4">
        <Segmented
          label={t('ticket.new.who')}
          value={who}
          onChange={setWho}
          options={(['on_behalf', 'proactive'] as const).map((value) => ({
            value,
            label: t(`ticket.new.${value}`),
          }))}
        />
        <div className="grid gap-4 tablet:grid-cols-2">
          <TextField
            label={t('ticket.new.email')}
            type="email"
            required
            value={email}
            onChange={setEmail}
            error={wrong('requester') ?? wrong('requester.email')}
          />
          <TextField label={t('ticket.new.name')} value={name} onChange={setName} />
        </div>
        <TextField
          label={t('ticket.new.subject')}
          required
          maxLength={500}
          value={subject}
          onChange={setSubject}
          error={wrong('subject')}
        />
        <TextArea
          label={t(`ticket.new.${who}.words`)}
          required
          className="min-h-28"
          value={text}
          onChange={setText}
          error={wrong('message.text')}
        />
        <div className="grid gap-4 tablet:grid-cols-2">
          {who === 'on_behalf' && (
            <Select
              label={t('ticket.channel')}
              value={channel}
              onChange={setChannel}
              options={channels
                .filter((one) => one !== 'api')
                .map((value) => ({ value, label: t(`ticket.channel.${value}`) }))}
            />
          )}
          {inboxes.length > 0 && (
            <Select
              label={t('ticket.inbox')}
              value={inbox}
              onChange={setInbox}
              placeholder={t('ticket.none')}
              options={inboxes
                .filter((one) => one.active)
                .map((one) => ({ value: String(one.id), label: one.name }))}
            />
          )}
        </div>
        {error !== null && (
          <p role="alert" className="text-late">
            {t('ticket.new.failed', { why: wordsOf(error, t) })}
          </p>
        )}
      </form>
    </Dialog>
  );
}
