import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Field, type FieldWords, inputLook } from './field.tsx';

type Native<E extends 'input' | 'textarea'> = Omit<ComponentProps<E>, 'onChange' | 'value' | 'id'>;
type Written = FieldWords & { value: string; onChange: (value: string) => void };

export function TextField({
  label,
  hint,
  error,
  labelHidden,
  onChange,
  className,
  ...rest
}: Written & Native<'input'>) {
  return (
    <Field {...{ label, hint, error, labelHidden }}>
      {(wiring) => (
        <input
          type="text"
          {...rest}
          {...wiring}
          onChange={(event) => onChange(event.target.value)}
          className={cx(inputLook, 'min-h-(--control)', className)}
        />
      )}
    </Field>
  );
}

/** Grows with its text from `rows` on. */
export function TextArea({
  label,
  hint,
  error,
  labelHidden,
  onChange,
  className,
  rows = 3,
  ...rest
}: Written & Native<'textarea'>) {
  return (
    <Field {...{ label, hint, error, labelHidden }}>
      {(wiring) => (
        <textarea
          rows={rows}
          dir="auto"
          // A box sized by its content forgets `rows`.
          style={{ minBlockSize: `calc(${rows} * 1lh + 1rem)` }}
          {...rest}
          {...wiring}
          onChange={(event) => onChange(event.target.value)}
          className={cx(inputLook, 'field-sizing-content resize-y py-2', className)}
        />
      )}
    </Field>
  );
}
