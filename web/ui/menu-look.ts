import { cx } from './cx.ts';

export const floatLook = 'z-50 max-w-96 animate-appear overflow-y-auto rounded-md bg-raised p-1 shadow-float';
export const optionLook = cx(
  'flex min-h-7 cursor-default items-center gap-2 rounded-[4px] px-2 py-1 text-body outline-none select-none',
  'data-highlighted:bg-sunken data-disabled:text-ink-3 aria-selected:bg-sunken',
);
