import { Badge } from '../../../../ui/badge.tsx';

/** The first tags and how many more. */
export function TagLine({ tags, shown }: { tags: readonly string[]; shown: 1 | 2 }) {
  if (tags.length === 0) return null;
  const more = tags.slice(shown);
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      {tags.slice(0, shown).map((tag) => (
        <Badge key={tag} title={tag} className="inline-block! max-w-24 shrink">
          <bdi>{tag}</bdi>
        </Badge>
      ))}
      {more.length > 0 && (
        <span title={more.join(', ')} className="figures shrink-0 text-dense text-ink-3">
          <bdi>+{more.length}</bdi>
        </span>
      )}
    </span>
  );
}
