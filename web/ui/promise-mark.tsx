import { cx } from './cx.ts';
import { useFormats, useText } from './text.tsx';

/** Where a promised time stands; `running` has time to spare and stays in ink, and so does what is over and was missed. */
export type PromiseState = 'running' | 'due' | 'late' | 'good' | 'missed' | 'paused';

const looks: Record<PromiseState, { look: string; path: string }> = {
  running: {
    look: 'text-ink-2',
    path: 'M6 1.25a4.75 4.75 0 1 1 0 9.5 4.75 4.75 0 0 1 0-9.5ZM6 3.5V6l1.75 1.25',
  },
  due: { look: 'text-due', path: 'M6 1.2 11.3 10.6H.7ZM6 4.6v2.6M6 8.7v.4' },
  late: { look: 'text-late font-strong', path: 'M3.8.9h4.4l2.9 2.9v4.4l-2.9 2.9H3.8L.9 8.2V3.8ZM4 6h4' },
  good: {
    look: 'text-good',
    path: 'M6 1.25a4.75 4.75 0 1 1 0 9.5 4.75 4.75 0 0 1 0-9.5ZM3.9 6.1 5.4 7.6 8.2 4.6',
  },
  missed: { look: 'text-ink-3', path: 'M3.8.9h4.4l2.9 2.9v4.4l-2.9 2.9H3.8L.9 8.2V3.8ZM4 6h4' },
  paused: { look: 'text-ink-3', path: 'M4.25 2.5v7M7.75 2.5v7' },
};

/** Time left or over on a promise, in words: "4 min left", "6 min late", "kept". Seconds; over is negative. */
export function PromiseMark({
  state,
  secondsLeft,
  className,
}: {
  state: PromiseState;
  secondsLeft?: number;
  className?: string;
}) {
  const t = useText();
  const formats = useFormats();
  const { look, path } = looks[state];
  const wait = formats.duration(Math.abs(secondsLeft ?? 0));
  return (
    <span className={cx('figures inline-flex items-center gap-1.5 whitespace-nowrap', look, className)}>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        className="shrink-0"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
      <bdi>{t(`ui.promise.${state}`, { wait })}</bdi>
    </span>
  );
}
