import { z } from 'zod';
import type { Queryable } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/database.ts';
import { defineSetting, type Setting } from '../../platform/settings.ts';
import { settingsShape } from './contract.ts';

const { shape } = settingsShape;
const firstInbox = z.object({ name: z.string(), address: z.string() }).nullable();

/** What belongs to the desk as a whole. `firstInbox` is what the set-up asked for, read once by the channels. */
export const deskSettings = {
  name: defineSetting('desk.name', shape.name, 'Firstline'),
  timeZone: defineSetting('desk.timeZone', shape.timeZone, 'UTC'),
  locale: defineSetting('desk.locale', shape.locale, 'en'),
  weekStart: defineSetting('desk.weekStart', shape.weekStart, 'monday'),
  closeAfterDays: defineSetting('tickets.closeAfterDays', shape.closeAfterDays, 14),
  firstSteps: defineSetting('desk.firstSteps', shape.firstSteps, true),
  firstInbox: defineSetting<z.infer<typeof firstInbox>>('desk.firstInbox', firstInbox, null),
};

export type DeskSettings = z.infer<typeof settingsShape>;

/** All of them in one query. */
export async function readDeskSettings(db: Queryable): Promise<DeskSettings> {
  const keys = Object.values(deskSettings).map((setting) => setting.key);
  const rows = await db.all<{ key: string; value: unknown }>(
    sql`select key, value from settings where key = any(${keys}::text[])`,
  );
  const values = new Map(rows.map((row) => [row.key, row.value]));
  const read = <T>({ key, shape, first }: Setting<T>): T =>
    values.has(key) ? shape.parse(values.get(key)) : first;
  return {
    name: read(deskSettings.name),
    timeZone: read(deskSettings.timeZone),
    locale: read(deskSettings.locale),
    weekStart: read(deskSettings.weekStart),
    closeAfterDays: read(deskSettings.closeAfterDays),
    firstSteps: read(deskSettings.firstSteps),
  };
}
