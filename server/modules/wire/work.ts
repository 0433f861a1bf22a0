import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { HttpError } from '../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';

/** What a job does to one item, in one command; its answer is the item's result. */
export type Work = (
  cx: CommandContext,
  who: StaffPrincipal,
  item: unknown,
) => Promise<Record<string, unknown>>;

export const itemId = z.object({ id: z.int().positive() });

/** An item's own shape is checked when its turn comes, so that one wrong item does not stop the others. */
export function readItem<S extends z.ZodType>(shape: S, item: unknown): z.output<S> {
  const parsed = shape.safeParse(item);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HttpError(
    422,
    'invalid',
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`,
  );
}

/** Somebody else may make the same between looking and writing; looked for again, it is found. */
export async function againWhenTaken<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HttpError) || !Object.values(error.fields ?? {}).includes('taken')) throw error;
    return work();
  }
}

const words = { create: 'Created', update: 'Updated', delete: 'Deleted' };

export function done(action: keyof typeof words, id: number): Record<string, unknown> {
  return { id, action, status: words[action], success: true };
}
