import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';

export interface Membership {
  teamId: number;
  staffId: number;
  isDefault?: boolean | undefined;
}

/** Adds a member, or makes the team their default; being in it already is fine. @throws 404 */
export async function addTeamMember(
  cx: CommandContext,
  { teamId, staffId, isDefault }: Membership,
): Promise<void> {
  const added = await cx.tx.write(sql`
    insert into team_members (team_id, staff_id, created_at)
    select t.id, s.id, ${cx.now} from teams t, staff s where t.id = ${teamId} and t.deleted_at is null and s.id = ${staffId}
    on conflict (team_id, staff_id) do nothing`);
  if (added > 0) cx.record('team.member_added', null, { teamId, staffId });
  else if (!(await isMember(cx, teamId, staffId))) throw notFound('That team or staff member');
  if (isDefault) {
    await cx.tx.write(
      sql`update team_members set is_default = (team_id = ${teamId}) where staff_id = ${staffId}`,
    );
  }
}

/** @throws 404 when they were no member. */
export async function removeTeamMember(cx: CommandContext, { teamId, staffId }: Membership): Promise<void> {
  const removed = await cx.tx.write(
    sql`delete from team_members where team_id = ${teamId} and staff_id = ${staffId}`,
  );
  if (removed === 0) throw notFound('That membership');
  cx.record('team.member_removed', null, { teamId, staffId });
}

async function isMember(cx: CommandContext, teamId: number, staffId: number): Promise<boolean> {
  const row = await cx.tx.maybe(sql`
    select m.id from team_members m join teams t on t.id = m.team_id
    where m.team_id = ${teamId} and m.staff_id = ${staffId} and t.deleted_at is null`);
  return row !== undefined;
}
