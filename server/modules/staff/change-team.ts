import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict, invalid, notFound } from '../../platform/http/errors.ts';
import { getTeam } from './queries.ts';

const lockKey = 7_130_014;

/** @throws 422 `name: taken` */
export async function createTeam(
  cx: CommandContext,
  { name, description = '' }: { name: string; description?: string | undefined },
): Promise<{ teamId: number }> {
  const row = await cx.tx.maybe<{ id: number }>(sql`
    insert into teams (name, description, created_at, updated_at) values (${name}, ${description}, ${cx.now}, ${cx.now})
    on conflict (lower(name)) where deleted_at is null do nothing returning id`);
  if (!row) throw invalid({ name: 'taken' });
  cx.record('team.created', null, { teamId: row.id });
  return { teamId: row.id };
}

export interface TeamChange {
  name?: string | undefined;
  description?: string | undefined;
  version?: number | undefined;
}

/** @throws 409 with the newer state when `version` is old; 422 `name: taken`; 404. */
export async function changeTeam(cx: CommandContext, teamId: number, change: TeamChange): Promise<void> {
  await cx.tx.maybe(sql`select id from teams where id = ${teamId} for update`);
  const before = await getTeam(cx.tx, teamId);
  if (change.version !== undefined && change.version !== before.version) {
    throw conflict('Somebody changed this in the meantime.', { current: before });
  }
  const { name = before.name, description = before.description } = change;
  const fields = [name !== before.name && 'name', description !== before.description && 'description'].filter(
    (field) => field !== false,
  );
  if (fields.length === 0) return;
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const taken = await cx.tx.maybe(
    sql`select id from teams where lower(name) = lower(${name}) and deleted_at is null and id <> ${teamId}`,
  );
  if (taken) throw invalid({ name: 'taken' });
  await cx.tx.write(sql`
    update teams set name = ${name}, description = ${description}, version = version + 1, updated_at = ${cx.now}
    where id = ${teamId}`);
  cx.record('team.changed', null, { teamId, fields });
}

/** History keeps naming it; its members see what it gave them no more. */
export async function deleteTeam(cx: CommandContext, teamId: number): Promise<void> {
  const deleted = await cx.tx.write(sql`
    update teams set deleted_at = ${cx.now}, version = version + 1, updated_at = ${cx.now}
    where id = ${teamId} and deleted_at is null`);
  if (deleted === 0) throw notFound('That team');
  await cx.tx.write(sql`delete from team_members where team_id = ${teamId}`);
  cx.record('team.deleted', null, { teamId });
}
