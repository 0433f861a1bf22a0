import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import type { Kept } from '../editing/use-record-form.ts';
import { type Policy, policiesQuery } from '../settings-queries.ts';
import { Conditions } from './conditions.tsx';
import { Targets } from './targets.tsx';

type Draft = Pick<Policy, 'name' | 'description' | 'filter' | 'targets' | 'pausesIn'>;

const fresh: Draft = {
  name: '',
  description: '',
  filter: { all: [], any: [] },
  targets: [{ target: 'first_reply', priority: null, seconds: 3600, clock: 'business' }],
  pausesIn: ['pending'],
};

function keptOf(policy: Policy | null | undefined): Kept<Draft> {
  if (!policy) return { draft: fresh };
  const { name, description, filter, targets, pausesIn, version } = policy;
  return { version, draft: { name, description, filter, targets, pausesIn } };
}

export function PolicyDialog({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const t = useText();
  const save = (draft: Draft, version: number | undefined) =>
    policy
      ? request('PATCH', `/sla-policies/${policy.id}`, { body: { ...draft, version } })
      : request('POST', '/sla-policies', { body: draft });
  return (
    <RecordDialog<Draft>
      wide
      title={policy?.name ?? t('settings.sla.add')}
      description={t('settings.sla.from_now')}
      kept={keptOf(policy)}
      save={save}
      reread={async () =>
        keptOf((await queryClient.fetchQuery(policiesQuery)).find(({ id }) => id === policy?.id))
      }
      onClose={onClose}
      labels={{
        name: t('settings.name'),
        description: t('settings.description'),
        targets: t('settings.sla.targets'),
        filter: t('settings.sla.filter'),
      }}
      aside={policy && <RemoveButton path={`/sla-policies/${policy.id}`} onRemoved={onClose} />}
    >
      {({ draft, set, fault }) => (
        <>
          <TextField
            label={t('settings.name')}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={fault('name')}
          />
          <TextArea
            label={t('settings.description')}
            rows={2}
            value={draft.description}
            onChange={(description) => set({ description })}
            error={fault('description')}
          />
          <Targets
            targets={draft.targets}
            onChange={(targets) => set({ targets })}
            error={fault('targets')}
          />
          <Conditions
            conditions={draft.filter.all}
            onChange={(all) => set({ filter: { ...draft.filter, all } })}
            error={fault('filter')}
          />
          <CheckList
            label={t('settings.sla.pauses')}
            options={(['pending', 'on_hold'] as const).map((value) => ({
              value,
              label: t(`ui.status.${value}`),
            }))}
            value={draft.pausesIn}
            onChange={(pausesIn) => set({ pausesIn })}
          />
        </>
      )}
    </RecordDialog>
  );
}
