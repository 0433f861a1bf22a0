import { z } from 'zod';
import { ticketShape } from '../tickets/contract.ts';

export const searchQuery = z.strictObject({
  q: z.string().trim().min(1).max(1000),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const snippetShape = z.object({
  /** Null: the subject. */
  messageId: z.int().nullable(),
  text: z.string(),
  /** The places that matched, `[start, end)` in UTF-16 units of `text`. */
  ranges: z.array(z.tuple([z.int(), z.int()])),
});

export const searchPage = z.object({
  items: z.array(z.object({ ticket: ticketShape, snippets: z.array(snippetShape) })),
  nextCursor: z.string().nullable(),
  count: z.int(),
});
export type SearchPage = z.infer<typeof searchPage>;
