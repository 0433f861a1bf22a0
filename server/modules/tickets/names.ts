import type { Queryable } from '../../platform/db/database.ts';
import { namesOfCustomers } from '../customers/index.ts';
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

/** The names of everybody a page shows: one read for staff and one for customers. */
export async function findNames(
  db: Queryable,
  people: { staff?: (number | null)[]; customers?: (number | null)[] },
): Promise<Names> {
  const staffIds = present(people.staff ?? []);
  const customerIds = present(people.customers ?? []);
  // One after the other: inside a command both use the same connection.
  const staff = staffIds.length > 0 ? await namesOfStaff(db, staffIds) : new Map<number, string>();
  const customers =
    customerIds.length > 0 ? await namesOfCustomers(db, customerIds) : new Map<number, string>();
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
