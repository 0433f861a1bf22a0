import { cx } from '../../../ui/cx.ts';

const number = /[<>−-]?\d(?:[\d.,\u00a0\u202f]*\d)?|—/g;

/** Digits large, what counts them small: "2 h 10 min", "84 tickets", "94.0%". */
export function BigFigure({ text, quiet, className }: { text: string; quiet?: boolean; className?: string }) {
  return (
    <span className={cx('figures whitespace-nowrap', quiet && 'text-ink-3', className)}>
      {cut(text).map(({ at, part, isNumber }) => (
        <span key={at} className={isNumber ? 'text-figure font-strong' : 'text-body text-ink-2'}>
          {part}
        </span>
      ))}
    </span>
  );
}

function cut(text: string) {
  const parts: { at: number; part: string; isNumber: boolean }[] = [];
  let end = 0;
  for (const { 0: part, index } of text.matchAll(number)) {
    if (index > end) parts.push({ at: end, part: text.slice(end, index), isNumber: false });
    parts.push({ at: index, part, isNumber: true });
    end = index + part.length;
  }
  if (end < text.length) parts.push({ at: end, part: text.slice(end), isNumber: false });
  return parts;
}
