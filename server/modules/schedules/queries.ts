import { type Queryable, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { cutPage } from '../auth/contract.ts';
import type { ScheduleDefinition } from './contract.ts';
import { parseSchedule } from './schedule.ts';
import type { ScheduleHistory } from './schedule-history.ts';

interface ScheduleRow {
  id: number;
  name: string;
  definition: ScheduleDefinition;
  valid_from: Date;
  version: number;
  created_at: Date;
  updated_at: Date;
}

const newest = sql`select s.id, s.name, v.definition, v.valid_from, s.version, s.created_at, s.updated_at
  from schedules s cross join lateral
    (select definition, valid_from from schedule_versions where schedule_id = s.id order by valid_from desc limit 1) v`;

/** @throws 404 when there is none, or it was deleted. */
export async function getScheduleRow(db: Queryable, id: number) {
  const row = await db.maybe<ScheduleRow>(sql`${newest} where s.id = ${id} and s.deleted_at is null`);
  if (!row) throw notFound('That schedule');
  return present(row);
}

/** By id, oldest first. */
export async function listSchedules(
  db: Queryable,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
) {
  const rows = await db.all<ScheduleRow>(
    sql`${newest} where s.deleted_at is null and s.id > ${cursor ?? 0} order by s.id limit ${limit + 1}`,
  );
  return cutPage(rows, limit, present);
}

export interface ScheduleVersionRow {
  valid_from: Date;
  definition: ScheduleDefinition;
}

export function listVersions(db: Queryable, id: number): Promise<ScheduleVersionRow[]> {
  return db.all(
    sql`select valid_from, definition from schedule_versions where schedule_id = ${id} order by valid_from`,
  );
}

/** Every version, read now; deleted schedules too, since old tickets still count by them. @throws 404 */
export async function readScheduleHistory(db: Queryable, id: number): Promise<ScheduleHistory> {
  const rows = await listVersions(db, id);
  if (rows.length === 0) throw notFound('That schedule');
  return rows.map((row) => ({ validFrom: row.valid_from, schedule: parseSchedule(row.definition) }));
}

function present(row: ScheduleRow) {
  return {
    id: row.id,
    name: row.name,
    definition: row.definition,
    validFrom: row.valid_from.toISOString(),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
