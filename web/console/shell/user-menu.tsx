import { Link } from '@tanstack/react-router';
import { Popover } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { useText } from '../../ui/text.tsx';
import { useLeave } from './use-leave.ts';
import { useMe } from './use-me.ts';

const PreferenceRows = lazy(async () => ({
  default: (await import('./preference-rows.tsx')).PreferenceRows,
}));

/** Who is here, how the desk looks and speaks to them, and the way out. */
export function UserMenu({ labelled }: { labelled?: boolean }) {
  const t = useText();
  const { user, desk } = useMe();
  const leave = useLeave();
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={labelled ? undefined : t('shell.you', { name: user.name })}
        className={cx(
          'rounded-md',
          labelled
            ? 'flex min-h-14 min-w-16 flex-col items-center justify-center text-dense text-ink-2'
            : 'grid size-10 place-items-center hover:bg-paper',
        )}
      >
        <Avatar name={user.name} size={labelled ? 'small' : 'medium'} />
        {labelled && t('shell.you_short')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side={labelled ? 'top' : 'right'}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('shell.you', { name: user.name })}
          className="z-40 w-88 max-w-[calc(100vw-16px)] animate-appear rounded-md bg-raised p-4 shadow-float"
        >
          <p className="font-strong">
            <bdi>{user.name}</bdi>
          </p>
          <p className="mb-4 text-dense text-ink-3">
            {t(`shell.role.${user.role}`)} · <bdi>{desk.name}</bdi>
          </p>
          <Suspense fallback={<div className="min-h-44" />}>
            <PreferenceRows />
          </Suspense>
          <div className="mt-4 flex items-center justify-between border-t border-line pt-3">
            <Link to="/settings/preferences" onClick={() => setOpen(false)}>
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
