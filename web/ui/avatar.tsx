import { cx } from './cx.ts';

const tints = ['bg-tint-1', 'bg-tint-2', 'bg-tint-3', 'bg-tint-4', 'bg-tint-5', 'bg-tint-6'];
const sizes = { small: 'size-5', medium: 'size-7', large: 'size-10' };

/** Initials on a quiet tint that stays with the name. Decorative: the name stands beside it. */
export function Avatar({ name, size = 'medium' }: { name: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full text-dense text-ink select-none',
        sizes[size],
        tints[tintOf(name)],
      )}
    >
      {initialsOf(name, size === 'small' ? 1 : 2, size === 'large')}
    </span>
  );
}

/** Han names go by their last character, or two where there is room; others by two words' first letters. */
function initialsOf(name: string, most: 1 | 2, roomy = false): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '?';
  if (/\p{Script=Han}/u.test(first)) return [...first].slice(roomy ? -most : -1).join('');
  const letters = words.length > 1 ? [first, words.at(-1) ?? ''] : [first];
  return letters
    .slice(0, most)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

const tintOf = (name: string) =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7) % tints.length;
