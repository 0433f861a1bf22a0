import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { PolicyTarget } from '../../../../../server/modules/sla/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { choiceOf, none } from '../editing/choice.ts';
import { amountOf, secondsOf, type Unit, unitOf, units } from './seconds.ts';

const kinds = ['claim', 'first_reply', 'next_reply', 'resolution'] as const;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const clocks = ['business', 'calendar'] as const;

type TargetsProps = {
  targets: PolicyTarget[];
  onChange: (targets: PolicyTarget[]) => void;
  /** What is wrong with them together. */
  error?: string;
  /** What is wrong with the time of one. */
  faultOf: (index: number, seconds: number) => string | undefined;
};

/** What is promised: for each kind and priority a time, on a clock. */
export function Targets({ targets, onChange, error, faultOf }: TargetsProps) {
  const t = useText();
  const faults = targets.map(({ seconds }, index) => faultOf(index, seconds));
  const replace = (at: number, part: Partial<PolicyTarget>) =>
    onChange(targets.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const add = () =>
    onChange([...targets, { target: 'resolution', priority: null, seconds: 86_400, clock: 'business' }]);
  return (
    <fieldset>
      <legend className="mb-1 text-dense font-strong text-ink-2">{t('settings.sla.targets')}</legend>
      <div className="grid gap-2">
        {targets.map((target, index) => (
          <TargetRow
            key={placeOf(index)}
            target={target}
            fault={faults[index]}
            onChange={(part) => replace(index, part)}
            onDrop={() => onChange(targets.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      {error && faults.every((fault) => !fault) && (
        <p role="alert" className="mt-1 text-dense text-late">
          {error}
        </p>
      )}
      <Button icon={Plus} onClick={add} className="mt-2">
        {t('settings.sla.targets.add')}
      </Button>
    </fieldset>
  );
}

const placeOf = (index: number) => `target-${index}`;

type RowProps = {
  target: PolicyTarget;
  fault: string | undefined;
  onChange: (part: Partial<PolicyTarget>) => void;
  onDrop: () => void;
};

function TargetRow({ target, fault, onChange, onDrop }: RowProps) {
  const t = useText();
  const [unit, setUnit] = useState<Unit>(() => unitOf(target.seconds));
  const changeUnit = (next: Unit) => {
    onChange({ seconds: secondsOf(amountOf(target.seconds, unit), next) });
    setUnit(next);
  };
  return (
    <div className="grid grid-cols-2 items-end gap-2 rounded-md bg-sunken p-2 tablet:bg-transparent tablet:p-0 tablet:grid-cols-[1fr_1fr_5rem_7rem_1fr_auto]">
      <Select
        label={t('settings.sla.kind')}
        labelHidden
        value={target.target}
        onChange={(kind: PolicyTarget['target']) => onChange({ target: kind })}
        options={kinds.map((value) => ({ value, label: t(`settings.target.${value}`) }))}
      />
      <Select
        label={t('settings.sla.priority')}
        labelHidden
        value={choiceOf(target.priority)}
        onChange={(value) => onChange({ priority: priorities.find((one) => one === value) ?? null })}
        options={[
          { value: none, label: t('settings.sla.any_priority') },
          ...priorities.map((value) => ({ value: value as string, label: t(`settings.priority.${value}`) })),
        ]}
      />
      <TextField
        label={t('settings.sla.amount')}
        labelHidden
        type="number"
        min={1}
        value={String(amountOf(target.seconds, unit))}
        onChange={(text) => onChange({ seconds: secondsOf(Number(text), unit) })}
        error={fault}
        className="figures"
      />
      <Select
        label={t('settings.sla.unit')}
        labelHidden
        value={unit}
        onChange={changeUnit}
        options={units.map((value) => ({ value, label: t(`settings.unit.${value}`) }))}
      />
      <Select
        label={t('settings.sla.clock')}
        labelHidden
        value={target.clock}
        onChange={(clock: PolicyTarget['clock']) => onChange({ clock })}
        options={clocks.map((value) => ({ value, label: t(`settings.sla.clock.${value}`) }))}
      />
      <IconButton icon={X} label={t('settings.sla.targets.drop')} onClick={onDrop} />
    </div>
  );
}
