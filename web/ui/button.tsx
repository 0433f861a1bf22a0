import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'grave';

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-signal text-signal-ink font-strong hover:opacity-90 active:opacity-80',
  plain: 'bg-raised text-ink inset-ring inset-ring-edge/60 hover:bg-sunken active:bg-line',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink active:bg-line',
  grave: 'bg-raised text-late inset-ring inset-ring-late/60 hover:bg-late-well',
};

const counting = new Set<ButtonKind>(['primary', 'grave']);

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  kind?: ButtonKind;
  icon?: LucideIcon;
  /** Shown after the label, where this button also has a key. */
  keys?: string;
  /** Work under way: keeps its width and its label, takes no second press. */
  busy?: boolean;
  children: ReactNode;
};

export function Button({
  kind = 'plain',
  icon,
  keys,
  busy,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      disabled={disabled}
      {...rest}
      onClick={(event) => {
        // What counts happens once, even where it is done between the clicks of a double click.
        const again = event.detail > 1 && counting.has(kind);
        if (busy || again) event.preventDefault();
        else rest.onClick?.(event);
      }}
      className={cx(
        'inline-flex min-h-(--control) max-w-full items-center justify-center gap-2 rounded-md px-3 text-body select-none',
        'disabled:cursor-not-allowed disabled:opacity-50 aria-busy:cursor-progress aria-busy:opacity-70',
        kinds[kind],
        className,
      )}
    >
      {icon && <Icon of={icon} />}
      <span className="truncate">{children}</span>
      {keys && <Kbd keys={keys} quiet={kind === 'primary'} />}
    </button>
  );
}
