import { useLingui } from '@lingui/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ticket } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { fieldWords, wordsOf } from '../../../api/error-words.ts';
import { request } from '../../../api/request.ts';
import { Button } from '../../../ui/button.tsx';
import { useText } from '../../../ui/text.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';
import { FormError } from '../auth/form-error.tsx';

/** Outlives a reload and the way through the door, in this window alone. */
function useKeptText(ticketId: number) {
  const key = `firstline.answer.${ticketId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const write = (words: string) => {
    setText(words);
    if (words) sessionStorage.setItem(key, words);
    else sessionStorage.removeItem(key);
  };
  return [text, write] as const;
}

/** An answer by the customer. A request closed long ago goes on as a new one, which is opened then. */
export function ReplyForm({ ticket }: { ticket: Ticket }) {
  const t = useText();
  const navigate = useNavigate();
  const { i18n } = useLingui();
  const [text, setText] = useKeptText(ticket.id);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () =>
      request<{ ticket: Ticket }>('POST', `/tickets/${ticket.id}/messages`, {
        body: { text },
        idempotencyKey: key,
      }),
    onSuccess: async ({ ticket: { id } }) => {
      setText('');
      setKey(crypto.randomUUID());
      toast(t('requests.sent'));
      await queryClient.invalidateQueries({ queryKey: ['requests'] });
      if (id !== ticket.id) await navigate({ to: `/hc/${i18n.locale}/requests/${id}` });
    },
  });
  return (
    <form
      className="mt-6 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) sending.mutate();
      }}
    >
      {ticket.status === 'closed' && <p className="text-dense text-ink-2">{t('requests.closed')}</p>}
      {sending.error && <FormError>{wordsOf(sending.error, t)}</FormError>}
      <TextArea
        label={t('requests.reply')}
        rows={4}
        value={text}
        onChange={setText}
        error={fieldWords(sending.error, 'text', t)}
      />
      <Button
        type="submit"
        kind="primary"
        busy={sending.isPending}
        disabled={!text.trim()}
        className="justify-self-start"
      >
        {t('requests.send')}
      </Button>
    </form>
  );
}
