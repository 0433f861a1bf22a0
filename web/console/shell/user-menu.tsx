import { lazy, Suspense, useState } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { useText } from '../../ui/text.tsx';
import { useMe } from './use-me.ts';

const UserPanel = lazy(async () => ({ default: (await import('./user-panel.tsx')).UserPanel }));

/** Who is here; opens how the desk looks and speaks to them, and the way out. */
export function UserMenu({ labelled }: { labelled?: boolean }) {
  const t = useText();
  const { user } = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-label={labelled ? undefined : t('shell.you', { name: user.name })}
        onClick={({ currentTarget }) => setAnchor(anchor ? null : currentTarget)}
        className={cx(
          'rounded-md',
          labelled
            ? 'flex min-h-14 min-w-12 shrink-0 flex-col items-center justify-center gap-0.5 text-dense text-ink-2'
            : 'grid size-10 place-items-center hover:bg-paper',
        )}
      >
        <Avatar name={user.name} size={labelled ? 'small' : 'medium'} />
        {labelled && t('shell.you_short')}
      </button>
      {anchor && (
        <Suspense fallback={null}>
          <UserPanel anchor={anchor} side={labelled ? 'top' : 'right'} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
