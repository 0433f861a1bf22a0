import type { Queryable } from '../../platform/db/database.ts';
import { HttpError, invalid } from '../../platform/http/errors.ts';
import { getCustomer } from '../customers/index.ts';
import { getStaff, listTeams, type Staff } from '../staff/index.ts';
import { canSee } from './sight.ts';
import type { TicketRow } from './ticket-row.ts';

/** Work goes to people who are still here and to teams that exist; 422 otherwise. */
export async function checkAssignment(
  db: Queryable,
  given: { assigneeId?: number | null | undefined; teamId?: number | null | undefined },
): Promise<void> {
  if (given.assigneeId && !(await findActiveStaff(db, given.assigneeId))) {
    throw invalid({ assigneeId: 'nobody active on the staff has this id' });
  }
  if (given.teamId && !(await teamExists(db, given.teamId))) throw invalid({ teamId: 'no team has this id' });
}

export async function isTeamMember(db: Queryable, teamId: number, staffId: number): Promise<boolean> {
  return (await getStaff(db, staffId)).teamIds.includes(teamId);
}

async function findActiveStaff(db: Queryable, id: number): Promise<Staff | null> {
  const staff = await getStaff(db, id).catch(nobody);
  return staff?.active ? staff : null;
}

function nobody(error: unknown): null {
  if (error instanceof HttpError && error.status === 404) return null;
  throw error;
}

export async function teamExists(db: Queryable, id: number): Promise<boolean> {
  const page = await listTeams(db, { cursor: id - 1, limit: 1 });
  return page.items[0]?.id === id;
}

/** The addresses of people in copy; the erased have none. */
export async function emailsOf(db: Queryable, customerIds: number[]): Promise<Map<number, string | null>> {
  const customers = await Promise.all(customerIds.map((id) => getCustomer(db, id).catch(nobody)));
  return new Map(customerIds.map((id, index) => [id, customers[index]?.email ?? null]));
}

/** Those of these staff who are here and may see the ticket. */
export async function listMentionable(
  db: Queryable,
  ticket: TicketRow,
  staffIds: number[],
): Promise<number[]> {
  const allowed: number[] = [];
  for (const id of staffIds) {
    const staff = await findActiveStaff(db, id);
    if (!staff) continue;
    const { role, teamIds, ticketScope, locale } = staff;
    const principal = { kind: 'staff', id, role, teamIds, ticketScope, locale } as const;
    if (canSee({ ...principal, via: 'session', scopes: [], credentialId: '' }, ticket)) allowed.push(id);
  }
  return allowed;
}
