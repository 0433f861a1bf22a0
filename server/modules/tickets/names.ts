import type { Queryable } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { customerNames } from '../customers/index.ts';
import { namesOfStaff } from '../staff/index.ts';
import type { AuthorKind } from './events.ts';

export interface Names {
  staff(id: number): string;
  customer(id: number): string;
  /** Whoever wrote or acted; the desk itself is called by its own name. */
  actor(kind: AuthorKind, id: number | null): string;
}

/** What a person is called who has been erased or was never known by name. */
const nameless = '';
const deskName = 'Firstline';

const present = (ids: (number | null | undefined)[]): number[] => [
  ...new Set(ids.filter((id): id is number => typeof id === 'number')),
];

const remembered = new WeakMap<Queryable, Map<number, string>>();
const mostRemembered = 5000;

/** From now on colleagues' names on this connection pool are read once, until told that somebody changed. */
export function rememberStaffNames(desk: Pick<Desk, 'db' | 'signals'>): void {
  remembered.set(desk.db, new Map());
  desk.signals.on('access', () => remembered.get(desk.db)?.clear());
}

/** A command reads through its own transaction, which remembers nothing. */
async function rememberedStaff(db: Queryable, ids: number[]): Promise<Map<number, string>> {
  const known = remembered.get(db) ?? new Map<number, string>();
  if (known.size > mostRemembered) known.clear();
  const names = new Map([...known].filter(([id]) => ids.includes(id)));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return names;
  for (const [id, name] of await namesOfStaff(db, unknown)) {
    names.set(id, name);
    known.set(id, name);
  }
  return names;
}

/** The names of everybody a page shows: one read for staff and one for customers, those in `known` left out. */
export async function findNames(
  db: Queryable,
  people: { staff?: (number | null)[]; customers?: (number | null)[] },
  known: ReadonlyMap<number, string> = new Map(),
): Promise<Names> {
  const [staff, read] = await Promise.all([
    rememberedStaff(db, present(people.staff ?? [])),
    customerNames.list(
      db,
      present(people.customers ?? []).filter((id) => !known.has(id)),
    ),
  ]);
  const customers = new Map([...known, ...read]);
  const names: Names = {
    staff: (id) => staff.get(id) ?? nameless,
    customer: (id) => customers.get(id) ?? nameless,
    actor(kind, id) {
      if (id === null) return deskName;
      if (kind === 'customer') return names.customer(id);
      return kind === 'agent' ? names.staff(id) : deskName;
    },
  };
  return names;
}
