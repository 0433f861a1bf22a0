/** The mark: a page of lines, the first one lit. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <rect x="2" y="3" width="16" height="4" rx="1" className="fill-signal" />
      <rect x="2" y="10" width="16" height="1.6" rx=".8" className="fill-ink-3" />
      <rect x="2" y="15" width="10" height="1.6" rx=".8" className="fill-ink-3" />
    </svg>
  );
}
