import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export type FieldWords = { label: string; hint?: ReactNode; error?: string; labelHidden?: boolean };
type Wiring = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

export const inputLook = cx(
  'w-full rounded-md bg-raised px-2.5 text-body text-ink inset-ring inset-ring-edge',
  'focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-ink-3 aria-invalid:inset-ring-late',
);

/** Label above, hint and error below, all tied to the control for screen readers. */
export function Field({
  label,
  hint,
  error,
  labelHidden,
  children,
}: FieldWords & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = cx(hint !== undefined && `${id}-hint`, error && `${id}-error`);
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-dense font-strong text-ink-2'}>
        {label}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': described || undefined })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-dense text-ink-3">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-dense text-late">
          {error}
        </p>
      )}
    </div>
  );
}
