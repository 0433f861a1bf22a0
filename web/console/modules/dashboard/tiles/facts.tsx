/** Short facts on a line; one that does not fit goes to the next as a whole. */
export function Facts({ of: facts }: { of: readonly string[] }) {
  return (
    <p className="figures text-dense text-ink-3">
      {facts.map((fact, at) => (
        <span key={fact} className="inline-block">
          {fact}
          {at < facts.length - 1 && <span className="whitespace-pre"> · </span>}
        </span>
      ))}
    </p>
  );
}
