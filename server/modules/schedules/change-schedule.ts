import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict, invalid, notFound } from '../../platform/http/errors.ts';
import type { ScheduleDefinition } from './contract.ts';
import { getScheduleRow } from './queries.ts';

const lockKey = 7_130_015;

/** @throws 422 `name: taken` */
export async function createSchedule(
  cx: CommandContext,
  { name, definition }: { name: string; definition: ScheduleDefinition },
): Promise<{ scheduleId: number }> {
  const row = await cx.tx.maybe<{ id: number }>(sql`
    insert into schedules (name, created_at, updated_at) values (${name}, ${cx.now}, ${cx.now})
    on conflict (lower(name)) where deleted_at is null do nothing returning id`);
  if (!row) throw invalid({ name: 'taken' });
  await writeVersion(cx, row.id, definition);
  cx.record('schedule.created', null, { scheduleId: row.id, definition });
  return { scheduleId: row.id };
}

export interface ScheduleChange {
  name?: string | undefined;
  definition?: ScheduleDefinition | undefined;
  version?: number | undefined;
}

/**
 * New hours are valid from now on; what was measured before stays. Callers tell `settings` after the commit.
 * @throws 409 with the newer state when `version` is old; 422 `name: taken`; 404.
 */
export async function changeSchedule(
  cx: CommandContext,
  scheduleId: number,
  change: ScheduleChange,
): Promise<void> {
  await cx.tx.maybe(sql`select id from schedules where id = ${scheduleId} for update`);
  const before = await getScheduleRow(cx.tx, scheduleId);
  if (change.version !== undefined && change.version !== before.version) {
    throw conflict('Somebody changed this in the meantime.', { current: before });
  }
  const { name = before.name, definition = before.definition } = change;
  const renamed = name !== before.name;
  const rescheduled = !sameHours(definition, before.definition);
  if (!renamed && !rescheduled) return;
  if (renamed) await refuseTakenName(cx, scheduleId, name);
  await cx.tx.write(sql`
    update schedules set name = ${name}, version = version + 1, updated_at = ${cx.now} where id = ${scheduleId}`);
  if (renamed) cx.record('schedule.renamed', null, { scheduleId });
  if (!rescheduled) return;
  await writeVersion(cx, scheduleId, definition);
  cx.record('schedule.changed', null, { scheduleId, definition });
}

/**
 * Tickets that follow it go on following it; nobody can choose it any more. Whoever goes by it from now on refuses
 * by hearing the event. Events: schedule.deleted.
 */
export async function deleteSchedule(cx: CommandContext, scheduleId: number): Promise<void> {
  // An inbox that is just being given these hours is waited for.
  await cx.tx.maybe(sql`select id from schedules where id = ${scheduleId} for update`);
  const deleted = await cx.tx.write(sql`
    update schedules set deleted_at = ${cx.now}, version = version + 1, updated_at = ${cx.now}
    where id = ${scheduleId} and deleted_at is null`);
  if (deleted === 0) throw notFound('That schedule');
  cx.record('schedule.deleted', null, { scheduleId });
}

async function writeVersion(
  cx: CommandContext,
  scheduleId: number,
  definition: ScheduleDefinition,
): Promise<void> {
  await cx.tx.write(sql`
    insert into schedule_versions (schedule_id, valid_from, definition, recorded_at)
    values (${scheduleId}, ${cx.now}, ${JSON.stringify(definition)}::jsonb, ${cx.now})
    on conflict (schedule_id, valid_from) do update set definition = excluded.definition`);
}

async function refuseTakenName(cx: CommandContext, scheduleId: number, name: string): Promise<void> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const taken = await cx.tx.maybe(
    sql`select id from schedules where lower(name) = lower(${name}) and deleted_at is null and id <> ${scheduleId}`,
  );
  if (taken) throw invalid({ name: 'taken' });
}

/** The database orders keys its own way, so they are compared in one order. */
function sameHours(a: ScheduleDefinition, b: ScheduleDefinition): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part)]),
  );
}
