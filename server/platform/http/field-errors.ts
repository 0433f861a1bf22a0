import type { z } from 'zod';

/** What is wrong with each field, as refusals name it; `whole` is said of the value itself. */
export function fieldErrors(error: z.ZodError, whole = 'body'): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [path, words] of faults(error.issues)) fields[path.join('.') || whole] ??= words;
  return fields;
}

type Issue = z.core.$ZodIssue;

/** What is wrong where. Of a choice of shapes the one that the value comes nearest to says it. */
function* faults(issues: Issue[], at: PropertyKey[] = []): Generator<[PropertyKey[], string]> {
  for (const issue of issues) {
    const path = [...at, ...issue.path];
    const nearest =
      issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => a.length - b.length)[0] : null;
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) yield [[...path, key], 'unknown field'];
    else if (nearest) yield* faults(nearest, path);
    else yield [path, isLack(issue) ? 'required' : issue.message];
  }
}

const isLack = ({ code, message }: Issue): boolean =>
  code === 'invalid_type' && /^Invalid input: .* received undefined$/.test(message);
