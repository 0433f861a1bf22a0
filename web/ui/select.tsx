import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Field, type FieldWords, inputLook } from './field.tsx';
import { Icon } from './icon.tsx';
import { floatLook, optionLook } from './menu-look.ts';

export type Option<V extends string = string> = { value: V; label: string; mark?: ReactNode; lang?: string };

type SelectProps<V extends string> = FieldWords & {
  value: V | undefined;
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

/** For up to about a dozen choices; a Combobox for more. Option values must not be empty. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  placeholder,
  disabled,
  className,
  ...words
}: SelectProps<V>) {
  return (
    <Field {...words}>
      {(wiring) => (
        <Radix.Root value={value ?? ''} onValueChange={(next) => onChange(next as V)} disabled={disabled}>
          <Radix.Trigger
            {...wiring}
            className={cx(
              inputLook,
              'flex min-h-(--control) min-w-0 items-center justify-between gap-2 text-start data-placeholder:text-ink-3',
              className,
            )}
          >
            <span className="truncate">
              <Radix.Value placeholder={placeholder} />
            </span>
            <Icon of={ChevronDown} className="text-ink-3" />
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              position="popper"
              sideOffset={4}
              collisionPadding={8}
              className={cx(
                floatLook,
                'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)',
              )}
            >
              <Radix.Viewport>
                {options.map((option) => (
                  <Radix.Item
                    key={option.value}
                    value={option.value}
                    lang={option.lang}
                    className={optionLook}
                  >
                    {option.mark}
                    <Radix.ItemText>{option.label}</Radix.ItemText>
                    <Radix.ItemIndicator className="ms-auto">
                      <Icon of={Check} className="text-signal" />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  );
}
