import { z } from 'zod';

/** Fields that clients read and may send back unchanged: accepted, and without effect. */
export function readOnly(...names: string[]): Record<string, z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()]));
}

/** Fields of the format that mean something we do not do: empty is fine, anything else is refused. */
export function notHere(...names: string[]): Record<string, z.ZodType> {
  const empty = z.unknown().refine(isEmpty, 'is not supported here').optional();
  return Object.fromEntries(names.map((name) => [name, empty]));
}

function isEmpty(value: unknown): boolean {
  return value == null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}
