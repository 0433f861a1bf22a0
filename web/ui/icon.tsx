import type { LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';

/** The one icon size. `directed` icons (arrows, send) turn round in right-to-left pages. */
export function Icon({
  of: Shape,
  directed,
  className,
}: {
  of: LucideIcon;
  directed?: boolean;
  className?: string;
}) {
  return (
    <Shape
      size={16}
      strokeWidth={1.75}
      aria-hidden
      className={cx('shrink-0', directed && 'mirrored', className)}
    />
  );
}
