import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, CornerDownLeft, type LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const names: Record<string, string> = isMac ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' } : { Mod: 'Ctrl' };

/** Drawn, since the desk's own faces have no such letters. */
const drawn: Record<string, { sign: LucideIcon; name: string }> = {
  Enter: { sign: CornerDownLeft, name: 'Enter' },
  '↑': { sign: ArrowUp, name: '↑' },
  '↓': { sign: ArrowDown, name: '↓' },
  '←': { sign: ArrowLeft, name: '←' },
  '→': { sign: ArrowRight, name: '→' },
};

/**
 * `keys` as in parseKeys. `quiet` sits on a filled ground and borrows its ink; `always` shows it on a phone too,
 * where a hint would only take room.
 */
export function Kbd({ keys, quiet, always }: { keys: string; quiet?: boolean; always?: boolean }) {
  return (
    <kbd
      className={cx(
        'ms-auto inline-flex shrink-0 items-center gap-1 font-sans text-dense',
        !always && 'max-tablet:hidden',
      )}
      dir="ltr"
    >
      {keys.split(' ').map((press) => (
        <span key={press} className="inline-flex gap-px">
          {press.split('+').map((part) => (
            <span
              key={part}
              className={cx(
                'inline-block min-w-5 rounded-[4px] px-1 text-center leading-5',
                quiet ? 'inset-ring inset-ring-current/30' : 'text-ink-2 inset-ring inset-ring-edge/50',
              )}
            >
              <KeyName part={part} />
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}

function KeyName({ part }: { part: string }) {
  const { sign: Sign, name } = drawn[part] ?? {};
  return Sign ? <Sign size={12} role="img" aria-label={name} className="inline" /> : (names[part] ?? part);
}
