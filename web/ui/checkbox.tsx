import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

type CheckboxProps = {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: ReactNode;
  disabled?: boolean;
};

export function Checkbox({ label, checked, onChange, hint, disabled }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="-m-1 grid size-6 shrink-0 place-items-center rounded-md"
      >
        <span className="grid size-4 place-items-center rounded-[4px] bg-raised text-signal-ink inset-ring inset-ring-edge in-data-[state=checked]:bg-signal in-data-[state=checked]:inset-ring-signal">
          <Radix.Indicator>
            <Check size={12} strokeWidth={3} aria-hidden />
          </Radix.Indicator>
        </span>
      </Radix.Root>
      <div className="min-w-0 leading-4">
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="mt-1 text-dense text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
