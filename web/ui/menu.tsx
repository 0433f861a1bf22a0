import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export const floatLook = 'z-50 max-w-96 animate-appear overflow-y-auto rounded-md bg-raised p-1 shadow-float';
export const optionLook = cx(
  'flex min-h-7 cursor-default items-center gap-2 rounded-[4px] px-2 py-1 text-body outline-none select-none',
  'data-highlighted:bg-sunken data-disabled:text-ink-3 aria-selected:bg-sunken',
);

export type MenuItem =
  | { kind: 'rule' }
  | { kind: 'heading'; label: string }
  | {
      kind?: 'item';
      label: string;
      icon?: LucideIcon;
      mark?: ReactNode;
      keys?: string;
      onSelect: () => void;
      /** Given for choices of which one or some hold; false keeps the room for the tick. */
      checked?: boolean;
      disabled?: boolean;
      grave?: boolean;
      lang?: string;
    };

type MenuProps = {
  trigger: ReactElement;
  items: readonly MenuItem[];
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'end';
};

export function Menu({ trigger, items, side = 'bottom', align = 'start' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          className={cx(floatLook, 'max-h-(--radix-dropdown-menu-content-available-height) min-w-48')}
        >
          {items.map((item, i) => (
            <MenuRow key={'label' in item ? item.label : `rule${i}`} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuRow({ item }: { item: MenuItem }) {
  if (item.kind === 'rule') return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
  if (item.kind === 'heading') {
    return <Radix.Label className="px-2 pt-2 pb-1 text-dense text-ink-3">{item.label}</Radix.Label>;
  }
  const content = (
    <>
      {item.icon && <Icon of={item.icon} className={item.grave ? undefined : 'text-ink-3'} />}
      {item.mark}
      <span className="truncate" lang={item.lang}>
        {item.label}
      </span>
      {item.checked && <Icon of={Check} className="ms-auto text-signal" />}
      {item.keys && <Kbd keys={item.keys} />}
    </>
  );
  const look = cx(optionLook, item.grave && 'text-late');
  if (item.checked === undefined) {
    return (
      <Radix.Item disabled={item.disabled} onSelect={item.onSelect} className={look}>
        {content}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem
      checked={item.checked}
      disabled={item.disabled}
      onSelect={item.onSelect}
      className={look}
    >
      {content}
    </Radix.CheckboxItem>
  );
}
