export interface DescribedError {
  type: string;
  message: string;
  code?: string;
  /** Where it was thrown. */
  stack?: string;
  cause?: DescribedError;
  /** Of one that stands for several. */
  errors?: DescribedError[];
}

const deepest = 5;
const mostErrors = 5;
const mostFrames = 12;
const longestMessage = 500;
const address = /[^\s<>"'(),:;[\]@/]+@[^\s<>"'(),:;[\]@/]+/gu;

/**
 * An error with everything that caused it, for the log. Only what is named here: a database's error has the whole row
 * in its `detail`, a relay's the mail's recipients in its words.
 */
export function describeError(error: unknown, depth = 1): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: wordsOf(String(error)) };
  const { code } = error as { code?: unknown };
  const frames = framesOf(error);
  const described: DescribedError = { type: error.name, message: wordsOf(error.message) };
  if (typeof code === 'string') described.code = code;
  if (frames.length > 0) described.stack = frames.slice(0, mostFrames).join('\n');
  if (depth === deepest) return described;
  if (error.cause !== undefined) described.cause = describeError(error.cause, depth + 1);
  if (error instanceof AggregateError)
    described.errors = error.errors.slice(0, mostErrors).map((one) => describeError(one, depth + 1));
  return described;
}

const framesOf = (error: Error): string[] =>
  (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));

const wordsOf = (text: string): string => text.slice(0, longestMessage).replace(address, '[address]');

/** The same in one line for people who may read what went wrong, as it was said. */
export function tellError(error: unknown): string {
  const said: string[] = [];
  for (let one: unknown = error, depth = 0; one != null && depth < deepest; depth += 1) {
    said.push(
      one instanceof AggregateError && one.message === '' ? one.errors.map(String).join(', ') : String(one),
    );
    one = one instanceof Error ? one.cause : null;
  }
  return said.join(' ← ');
}

/** And below it, where it was thrown. */
export function traceError(error: unknown, most = mostFrames): string {
  const frames = error instanceof Error ? framesOf(error).slice(0, most) : [];
  return [tellError(error), ...frames].join('\n');
}
