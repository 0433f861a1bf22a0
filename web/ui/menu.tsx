import type { LucideIcon } from 'lucide-react';
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from 'react';
import { withProps } from './with-props.ts';

export { optionLook } from './menu-look.ts';

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

export type MenuSide = 'top' | 'bottom' | 'left' | 'right';
export type MenuAlign = 'start' | 'end';

type MenuProps = {
  trigger: ReactElement;
  items: readonly MenuItem[];
  side?: MenuSide;
  align?: MenuAlign;
};

/** Menus are not on a first screen: what opens one is, the rest comes when the browser has a moment. */
const loadMenuPanel = () => import('./menu-panel.tsx');
const MenuPanel = lazy(async () => ({ default: (await loadMenuPanel()).MenuPanel }));

type Opened = { anchor: HTMLElement; byKey: boolean };

export function Menu({ trigger, items, side = 'bottom', align = 'start' }: MenuProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <>
      {withProps(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': opened !== null,
        onPointerDown: (event: PointerEvent<HTMLElement>) => {
          if (event.button !== 0 || event.ctrlKey || isOff(event.currentTarget)) return;
          // The press would otherwise take the focus back from the menu that it opens.
          event.preventDefault();
          setOpened(opened ? null : { anchor: event.currentTarget, byKey: false });
        },
        onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
          if (!openingKeys.has(event.key) || isOff(event.currentTarget)) return;
          event.preventDefault();
          setOpened({ anchor: event.currentTarget, byKey: true });
        },
        // Assistive technology and scripts press without a pointer: the click has no detail.
        onClick: (event: MouseEvent<HTMLElement>) => {
          if (event.detail === 0 && !opened) setOpened({ anchor: event.currentTarget, byKey: true });
        },
      })}
      {opened && (
        <Suspense fallback={null}>
          <MenuPanel {...opened} items={items} side={side} align={align} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

const openingKeys = new Set(['Enter', ' ', 'ArrowDown']);

const isOff = (element: HTMLElement) => element.matches(':disabled, [aria-disabled=true]');
