import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { Section } from '../section.tsx';
import { type Policy, policiesQuery, refreshSettings } from '../settings-queries.ts';
import { PolicyDialog } from './policy-dialog.tsx';
import { usePolicyWords } from './policy-words.ts';
import { TryPolicy } from './try-policy.tsx';

/** What is promised to whom, in the order in which the promises are tried. */
export function SlaSection() {
  const t = useText();
  const policies = useQuery(policiesQuery);
  const [open, setOpen] = useState<Policy | 'new' | null>(null);
  const order = useMutation({
    mutationFn: (ids: number[]) => request('PUT', '/sla-policies/order', { body: { ids } }),
    onSettled: refreshSettings,
    onError: (error) => toast(wordsOf(error, t), { tone: 'failed' }),
  });
  const ids = (policies.data ?? []).map(({ id }) => id);
  const move = (at: number, step: 1 | -1) => order.mutate(swapped(ids, at, at + step));
  const { summaryOf } = usePolicyWords();
  return (
    <div className="grid gap-10">
      <Section title={t('settings.sla')} text={t('settings.sla.text')}>
        <RecordList
          query={policies}
          keyOf={({ id }) => id}
          empty={t('settings.sla.empty')}
          add={{ label: t('settings.sla.add'), onAdd: () => setOpen('new') }}
          row={(policy, index) => (
            <RecordRow
              name={`${index + 1}. ${policy.name}`}
              meta={summaryOf(policy.targets)}
              mark={
                <>
                  <IconButton
                    icon={ArrowUp}
                    label={t('settings.up', { name: policy.name })}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('settings.down', { name: policy.name })}
                    disabled={index === ids.length - 1}
                    onClick={() => move(index, 1)}
                  />
                </>
              }
              onOpen={() => setOpen(policy)}
            />
          )}
        />
      </Section>
      <Section title={t('settings.sla.try')} text={t('settings.sla.try.text')}>
        <TryPolicy />
      </Section>
      {open && <PolicyDialog policy={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function swapped(ids: number[], a: number, b: number): number[] {
  const next = [...ids];
  [next[a], next[b]] = [ids[b] ?? 0, ids[a] ?? 0];
  return next;
}
