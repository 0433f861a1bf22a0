import { Checkbox } from '../../../../ui/checkbox.tsx';

type CheckListProps<V extends string | number> = {
  label: string;
  options: readonly { value: V; label: string }[];
  value: readonly V[];
  onChange: (value: V[]) => void;
  empty?: string;
};

/** Any of a few. */
export function CheckList<V extends string | number>({
  label,
  options,
  value,
  onChange,
  empty,
}: CheckListProps<V>) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-dense font-strong text-ink-2">{label}</legend>
      {options.length === 0 && empty && <p className="text-dense text-ink-3">{empty}</p>}
      <div className="grid gap-x-4 gap-y-2.5 tablet:grid-cols-2">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            label={option.label}
            checked={value.includes(option.value)}
            onChange={(on) =>
              onChange(on ? [...value, option.value] : value.filter((one) => one !== option.value))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
