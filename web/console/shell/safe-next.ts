/** Where to go after signing in: a path of this desk, never another site. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next)) return undefined;
  return next;
}
