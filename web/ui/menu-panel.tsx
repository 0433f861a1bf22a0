import { Check } from 'lucide-react';
import { Menu as Radix } from 'radix-ui/internal';
import { useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { giveBack } from './give-back.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import type { MenuAlign, MenuItem, MenuSide } from './menu.tsx';
import { floatLook, optionLook } from './menu-look.ts';

type MenuPanelProps = {
  anchor: HTMLElement;
  /** Opened from the keyboard: the first entry has the focus at once. */
  byKey: boolean;
  items: readonly MenuItem[];
  side: MenuSide;
  align: MenuAlign;
  onClose: () => void;
};

const firstEntry = '[role^=menuitem]:not([data-disabled])';

/** An open menu at what opened it, which gets the focus back. */
export function MenuPanel({ anchor, byKey, items, side, align, onClose }: MenuPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!byKey) return;
    // The panel itself takes the focus when it appears, which is after this effect.
    const timer = setTimeout(() => panel.current?.querySelector<HTMLElement>(firstEntry)?.focus());
    return () => clearTimeout(timer);
  }, [byKey]);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Radix.Anchor virtualRef={{ current: anchor }} />
      <Radix.Portal>
        <Radix.Content
          ref={panel}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          aria-label={anchor.getAttribute('aria-label') ?? anchor.textContent ?? undefined}
          onInteractOutside={(event) => {
            // What opened the menu closes it by itself.
            if (anchor.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(anchor);
          }}
          className={cx(floatLook, 'max-h-(--radix-popper-available-height) min-w-48')}
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
