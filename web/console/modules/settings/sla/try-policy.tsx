import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { previewShape } from '../../../../../server/modules/sla/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { usePolicyWords } from './policy-words.ts';

type Preview = z.infer<typeof previewShape>;

/** Which policy a real ticket would get now, and why. */
export function TryPolicy() {
  const t = useText();
  const [number, setNumber] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      request<Preview>('POST', '/sla-policies/preview', { body: { ticketId: Number(number) } }),
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <div className="flex items-end gap-2">
        <div className="w-40">
          <TextField
            label={t('settings.ticket_number')}
            inputMode="numeric"
            value={number}
            onChange={(next) => setNumber(next.replace(/\D/g, ''))}
          />
        </div>
        <Button type="submit" busy={ask.isPending} disabled={number === ''}>
          {t('settings.sla.try.do')}
        </Button>
      </div>
      <div aria-live="polite">
        {ask.error && <p className="text-dense text-late">{wordsOf(ask.error, t)}</p>}
        {ask.data && <Outcome preview={ask.data} />}
      </div>
    </form>
  );
}

function Outcome({ preview: { policy, reason, targets } }: { preview: Preview }) {
  const t = useText();
  const { writeCondition, writeTarget } = usePolicyWords();
  if (!policy) return <p>{t('settings.sla.try.none')}</p>;
  const all = (reason?.all ?? []).map(writeCondition);
  const any = (reason?.any ?? []).map(writeCondition);
  const why = [
    ...all,
    ...(any.length > 0 ? [t('settings.sla.one_of', { conditions: any.join(' / ') })] : []),
  ];
  return (
    <div className="grid gap-1">
      <p className="font-strong">
        <bdi>{policy.name}</bdi>
      </p>
      <p className="text-dense text-ink-2">{why.join(' · ') || t('settings.sla.everyone')}</p>
      <ul className="figures text-dense text-ink-3">
        {targets.map((one) => (
          <li key={`${one.target} ${one.priority}`}>{writeTarget(one)}</li>
        ))}
      </ul>
    </div>
  );
}
