import { Link } from '@tanstack/react-router';
import { Direction, Popover } from 'radix-ui';
import { Button } from '../../ui/button.tsx';
import { giveBack } from '../../ui/give-back.ts';
import { useText } from '../../ui/text.tsx';
import { PreferenceRows } from './preference-rows.tsx';
import { useLeave } from './use-leave.ts';
import { useMe } from './use-me.ts';

type UserPanelProps = { anchor: HTMLElement; side: 'top' | 'right'; onClose: () => void };

/** Stands at the rail's own side, whichever way the page runs. */
export function UserPanel({ anchor, side, onClose }: UserPanelProps) {
  const t = useText();
  const { user, desk } = useMe();
  const leave = useLeave();
  const mirrored = Direction.useDirection() === 'rtl';
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={{ current: anchor }} />
      <Popover.Portal>
        <Popover.Content
          side={side === 'right' && mirrored ? 'left' : side}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('shell.you', { name: user.name })}
          onInteractOutside={(event) => {
            // What opened the panel closes it by itself.
            if (anchor.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(anchor);
          }}
          className="z-40 max-h-(--radix-popover-content-available-height) w-88 max-w-[calc(100vw-16px)] animate-appear overflow-y-auto rounded-md bg-raised p-4 shadow-float"
        >
          <p className="font-strong break-words">
            <bdi>{user.name}</bdi>
          </p>
          <p className="mb-4 text-dense break-words text-ink-3">
            {t(`shell.role.${user.role}`)} · <bdi>{desk.name}</bdi>
          </p>
          <PreferenceRows />
          <div className="mt-4 flex items-center justify-between border-t border-line pt-3">
            <Link to="/settings/preferences" onClick={onClose}>
              {t('shell.preferences')}
            </Link>
            <Button kind="quiet" onClick={leave} className="-me-3">
              {t('shell.sign_out')}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
