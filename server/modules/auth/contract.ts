import { z } from 'zod';

/** Shapes of sign-in, tokens, settings and audit; and the small shapes every other contract is made of. */

export const id = z.int().positive();
/** An id in an address or a query, where all is text. */
export const idParameter = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
export const instant = z.iso.datetime();

const withoutControls = /^[^\p{Cc}\p{Cs}]*$/u;
const severalLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;

/** One line a person wrote: trimmed, no control characters. */
export const lineShape = (longest: number) =>
  z.string().trim().max(longest, 'too_long').regex(withoutControls, 'holds characters that cannot be shown');
export const textShape = (longest: number) =>
  z.string().max(longest, 'too_long').regex(severalLines, 'holds characters that cannot be shown');
export const nameShape = lineShape(200).min(1, 'required');
export const mailAddressShape = lineShape(320).regex(/^[^@\s]+@[^@\s]+$/u, 'not_an_address');
export const localeShape = z.enum(['en', 'zh-CN', 'zh-TW', 'be']);
export const roleShape = z.enum(['agent', 'lead', 'manager', 'admin']);
export const timeZoneShape = z.string().max(64).refine(isTimeZone, 'is not a time zone such as Europe/Minsk');
export const newPasswordShape = z.string().min(8, 'too_short').max(200, 'too_long');

export const idParams = z.object({ id: idParameter });

/** Query of a list: `cursor` is what the page before called `nextCursor`. */
export const pageQuery = z.strictObject({
  cursor: idParameter.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A page out of one row more than it holds; the cursor is the last id on it. */
export function cutPage<R extends { id: number }, T>(rows: R[], limit: number, present: (row: R) => T) {
  const page = rows.slice(0, limit);
  return { items: page.map(present), nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null };
}

export const signInBody = z.strictObject({
  email: z.string().min(1, 'required').max(320, 'too_long'),
  password: z.string().min(1, 'required').max(200, 'too_long'),
});

export const sessionShape = z.object({
  credentialId: z.string(),
  /** The session ends then, and earlier when it is not used for 14 days. */
  expiresAt: instant,
});

export const scopeShape = z.enum(['read', 'write', 'admin']);

export const apiTokenShape = z.object({
  id,
  name: z.string(),
  scopes: z.array(scopeShape),
  /** The last four characters, to tell tokens apart. */
  last4: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export const newApiTokenBody = z.strictObject({
  name: nameShape,
  scopes: z
    .array(scopeShape)
    .min(1)
    .max(3)
    .transform((scopes) => [...new Set(scopes)])
    .default(['read', 'write']),
});
/** The only time the token itself is shown. */
export const newApiTokenShape = apiTokenShape.extend({ token: z.string() });

export const settingsShape = z.object({
  name: z.string(),
  timeZone: z.string(),
  locale: localeShape,
  weekStart: z.enum(['monday', 'sunday', 'saturday']),
  /** Days after which a solved ticket is closed; until then a reply reopens it. */
  closeAfterDays: z.int(),
  /** Whether admins are shown what a new desk still needs. */
  firstSteps: z.boolean(),
});
export const changeSettingsBody = z.strictObject({
  name: nameShape.optional(),
  timeZone: timeZoneShape.optional(),
  locale: localeShape.optional(),
  weekStart: settingsShape.shape.weekStart.optional(),
  closeAfterDays: z.int().min(1).max(365).optional(),
  firstSteps: z.boolean().optional(),
});

export const auditQuery = pageQuery.extend({
  /** One event type, such as `staff.changed`, or its first word with a dot: `staff.` */
  type: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]*$/, 'is an event type such as staff.changed, or staff. for all of them')
    .optional(),
  /** The id of the staff member or customer who acted. */
  actor: z.coerce.number().int().positive().optional(),
});
export const auditEntryShape = z.object({
  id,
  type: z.string(),
  actorKind: z.enum(['agent', 'customer', 'bot', 'system']),
  actorId: id.nullable(),
  at: instant,
  commandId: id,
  data: z.record(z.string(), z.unknown()),
});

function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
