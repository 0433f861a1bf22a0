import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import { type Policy, policiesQuery } from '../settings-queries.ts';
import { Conditions } from './conditions.tsx';
import { usePolicyWords } from './policy-words.ts';
import { Targets } from './targets.tsx';

type Draft = Pick<Policy, 'name' | 'description' | 'targets' | 'pausesIn'> & Policy['filter'];

const fresh: Draft = {
  name: '',
  description: '',
  all: [],
  any: [],
  targets: [{ target: 'first_reply', priority: null, seconds: 3600, clock: 'business' }],
  pausesIn: ['pending'],
};

function draftOf(policy: Policy | null): Draft {
  if (!policy) return fresh;
  const { name, description, filter, targets, pausesIn } = policy;
  return { name, description, ...filter, targets, pausesIn };
}

const bodyOf = ({ all, any, ...rest }: Draft) => ({ ...rest, filter: { all, any } });

export function PolicyDialog({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const t = useText();
  const { writeConditions, writeTargets } = usePolicyWords();
  return (
    <RecordDialog<Policy, Draft>
      wide
      title={policy?.name ?? t('settings.sla.add')}
      description={t('settings.sla.from_now')}
      record={policy}
      at="/sla-policies"
      list={policiesQuery}
      draftOf={draftOf}
      bodyOf={bodyOf}
      onClose={onClose}
      said={{
        name: t('settings.name'),
        description: t('settings.description'),
        targets: [t('settings.sla.targets'), writeTargets],
        all: [t('settings.sla.filter'), writeConditions],
        any: [t('settings.sla.filter.any'), writeConditions],
        pausesIn: [
          t('settings.sla.pauses'),
          (statuses) => statuses.map((status) => t(`ui.status.${status}`)).join(', '),
        ],
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
            faultOf={(row, seconds) => fault('targets', `targets.${row}.seconds`, seconds)}
          />
          <Conditions
            legend={t('settings.sla.filter')}
            empty={t('settings.sla.everyone')}
            conditions={draft.all}
            onChange={(all) => set({ all })}
            faultOf={(row, values) => fault('all', `filter.all.${row}`, values)}
          />
          <Conditions
            legend={t('settings.sla.filter.any')}
            empty={t('settings.sla.filter.any.none')}
            conditions={draft.any}
            onChange={(any) => set({ any })}
            faultOf={(row, values) => fault('any', `filter.any.${row}`, values)}
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
