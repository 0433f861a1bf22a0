import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon;
  /** Read by screen readers and shown as the tooltip. */
  label: string;
  keys?: string;
  directed?: boolean;
};

export function IconButton({ icon, label, keys, directed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'inline-grid size-(--control) min-h-6 min-w-6 shrink-0 place-items-center rounded-md text-ink-2',
          'hover:bg-sunken hover:text-ink active:bg-line aria-pressed:bg-signal-well aria-pressed:text-signal',
          'disabled:cursor-not-allowed disabled:opacity-50',
          className,
        )}
      >
        <Icon of={icon} directed={directed} />
      </button>
    </Tooltip>
  );
}
