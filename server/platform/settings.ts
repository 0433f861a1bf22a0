import type { z } from 'zod';
import type { CommandContext } from './command.ts';
import { type Queryable, sql } from './db/database.ts';

declare module './events/event-map.ts' {
  interface EventMap {
    /** A setting was changed; values are never secret ones. */
    'setting.changed': { key: string; from: unknown; to: unknown };
  }
}

/** A named, typed setting with its first value. Every change is an event, so figures can be recomputed. */
export interface Setting<T> {
  key: string;
  shape: z.ZodType<T>;
  first: T;
}

export function defineSetting<T>(key: string, shape: z.ZodType<T>, first: T): Setting<T> {
  return { key, shape, first };
}

export async function readSetting<T>(db: Queryable, setting: Setting<T>): Promise<T> {
  const row = await db.maybe<{ value: T }>(sql`select value from settings where key = ${setting.key}`);
  return row ? setting.shape.parse(row.value) : setting.first;
}

export async function changeSetting<T>(cx: CommandContext, setting: Setting<T>, value: T): Promise<void> {
  const from = await readSetting(cx.tx, setting);
  if (JSON.stringify(from) === JSON.stringify(value)) return;
  await cx.tx.write(sql`
    insert into settings (key, value, updated_at, updated_by)
    values (${setting.key}, ${JSON.stringify(value)}::jsonb, ${cx.now}, ${cx.actor.id})
    on conflict (key) do update set value = excluded.value, version = settings.version + 1,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
  cx.record('setting.changed', null, { key: setting.key, from, to: value });
}
