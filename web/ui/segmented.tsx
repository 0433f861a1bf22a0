import { RadioGroup } from 'radix-ui';
import type { Option } from './select.tsx';

type SegmentedProps<V extends string> = {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly Option<V>[];
};

/** One of two to four short words, all in sight. Arrow keys move, as in any radio group. */
export function Segmented<V extends string>({ label, value, onChange, options }: SegmentedProps<V>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as V)}
      className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md bg-sunken p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="min-h-6 rounded-[4px] px-2.5 text-dense text-ink-2 hover:text-ink data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:inset-ring data-[state=checked]:inset-ring-edge/60"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
