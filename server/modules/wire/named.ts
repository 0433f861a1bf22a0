import { notFound } from '../../platform/http/errors.ts';
import { type OrganizationRow, organizations } from '../customers/index.ts';
import { type TeamRow, teamReads } from '../staff/index.ts';
import { kindOfUser } from './find-people.ts';
import type { Asking } from './wire-route.ts';

/** What an address names must be there, also where only a list under it is asked for. */

/** @throws 404 */
export async function requireUser(asking: Asking, id: number): Promise<'staff' | 'customer'> {
  const kind = await kindOfUser(asking.desk.db, id);
  if (!kind) throw notFound('This user');
  return kind;
}

/** @throws 404 */
export async function requireGroup(asking: Asking, id: number): Promise<TeamRow> {
  const [row] = await teamReads.list(asking.desk.db, [id]);
  if (!row || row.deleted_at) throw notFound('This group');
  return row;
}

/** @throws 404 */
export async function requireOrganization(asking: Asking, id: number): Promise<OrganizationRow> {
  const [row] = await organizations.list(asking.desk.db, [id]);
  if (!row) throw notFound('This organization');
  return row;
}
