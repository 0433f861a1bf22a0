/** Times on the wire have whole seconds. */
export function wireTime(at: Date | string): string;
export function wireTime(at: Date | string | null): string | null;
export function wireTime(at: Date | string | null): string | null {
  if (at === null) return null;
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
