import { createHash } from 'node:crypto';

/** What the server knows a statement by. */
export interface Named {
  /** Absent for one of those that are too many to be kept. */
  name: string | undefined;
  text: string;
}

interface Branch {
  next: Map<string, Branch>;
  named?: Named;
}

const mostNames = 2000;
const root: Branch = { next: new Map() };
let names = 0;

/**
 * The name and text of a statement whose values stand between these parts. Found by the parts, which are mostly the same
 * objects at every run, since putting a long text together and hashing it takes longer than most look-ups.
 */
export function nameStatement(parts: readonly string[]): Named {
  let branch = root;
  for (const part of parts) {
    const next = branch.next.get(part);
    if (next) branch = next;
    else if (names >= mostNames) return { name: undefined, text: textOf(parts) };
    else {
      const grown: Branch = { next: new Map() };
      branch.next.set(part, grown);
      branch = grown;
    }
  }
  if (!branch.named) {
    names++;
    branch.named = named(textOf(parts));
  }
  return branch.named;
}

/** The name is a digest of the text, so both always agree. */
export const named = (text: string): Named => ({
  name: createHash('sha1').update(text).digest('base64url'),
  text,
});

const textOf = (parts: readonly string[]): string =>
  parts.reduce((text, part, n) => (n === 0 ? part : `${text}$${n}${part}`), '');
