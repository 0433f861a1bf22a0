/** A part of a whole, 0 to 100, as a length; the number stands beside it. */
export function ShareBar({ share, previous }: { share: number; previous?: number }) {
  return (
    <div aria-hidden="true" className="relative h-2.5 w-full min-w-16 bg-sunken">
      <div className="h-full bg-ink-2" style={{ inlineSize: `${clamp(share)}%` }} />
      {previous !== undefined && (
        <div
          className="absolute inset-y-[-2px] w-0.5 bg-ink-3"
          style={{ insetInlineStart: `${clamp(previous)}%` }}
        />
      )}
    </div>
  );
}

const clamp = (share: number) => Math.max(0, Math.min(100, share));
