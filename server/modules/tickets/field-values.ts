import { type Queryable, sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'checkbox'
  | 'date'
  | 'integer'
  | 'decimal'
  | 'select'
  | 'multiselect';

export interface FieldDefinition {
  id: number;
  key: string;
  kind: FieldKind;
  options: { value: string; label: string }[];
  active: boolean;
}

/** A field and its new value; null empties it. */
export interface CheckedField {
  id: number;
  key: string;
  kind: FieldKind;
  value: unknown;
}

/** Checks values against their fields' kinds; throws 422 that names each one it cannot take. */
export async function checkFields(db: Queryable, given: Record<string, unknown>): Promise<CheckedField[]> {
  const keys = Object.keys(given);
  if (keys.length === 0) return [];
  const definitions = await db.all<FieldDefinition>(
    sql`select id, key, kind, options, active from ticket_fields where key = any(${keys}::text[])`,
  );
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const problems: Record<string, string> = {};
  const checked: CheckedField[] = [];
  for (const [key, value] of Object.entries(given)) {
    const definition = byKey.get(key);
    const problem = definition ? fieldProblem(definition, value) : 'no such ticket field';
    if (problem !== null) problems[`fields.${key}`] = problem;
    else if (definition) checked.push({ id: definition.id, key, kind: definition.kind, value });
  }
  if (Object.keys(problems).length > 0) throw invalid(problems);
  return checked;
}

/** The stored values with these put in; null takes a value out. */
export function fieldsWith(
  fields: Record<string, unknown>,
  checked: CheckedField[],
): Record<string, unknown> {
  const next = new Map(Object.entries(fields));
  for (const { key, value } of checked) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return Object.fromEntries(next);
}

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value.length <= most && !value.includes('\u0000');

/** Why a value does not fit its field; null when it does. */
function fieldProblem(definition: FieldDefinition, value: unknown): string | null {
  if (value === null) return null;
  if (!definition.active) return 'this field is no longer in use';
  const isOption = (one: unknown) => definition.options.some((option) => option.value === one);
  switch (definition.kind) {
    case 'text':
      return isText(value, 1000) ? null : 'a text of at most 1,000 characters';
    case 'textarea':
      return isText(value, 60_000) ? null : 'a text of at most 60,000 characters';
    case 'checkbox':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'date':
      return isDate(value) ? null : 'a date such as 2026-03-02';
    case 'integer':
      return Number.isSafeInteger(value) ? null : 'a whole number';
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'a number';
    case 'select':
      return isOption(value) ? null : 'one of the options';
    case 'multiselect':
      return isChoice(value, isOption) ? null : 'a list of options, each once';
  }
}

function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function isChoice(value: unknown, isOption: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOption) && new Set(value).size === value.length;
}
