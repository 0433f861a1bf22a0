import { z } from 'zod';
import { StartRefused } from '../platform/config.ts';
import { type Queryable, sql } from '../platform/db/database.ts';
import type { Desk } from '../platform/desk.ts';
import { system } from '../platform/events/event-map.ts';
import { changeSetting, defineSetting, readSetting } from '../platform/settings.ts';

/** How far the making came. A desk with people and without this mark is somebody's own and stays untouched. */
const demoMark = defineSetting('demo.made', z.enum(['no', 'begun', 'made']), 'no');

/** Is the demo there already? @throws StartRefused where another desk lives, or half a demo. */
export async function isMade(db: Queryable, folder: string): Promise<boolean> {
  const mark = await readSetting(db, demoMark);
  if (mark === 'made') return true;
  if (mark === 'begun')
    throw new StartRefused(
      `the demo in ${folder} was interrupted while it was made; delete that folder and start again`,
    );
  const people = await db.maybe(sql`select id from staff limit 1`);
  if (people)
    throw new StartRefused(
      `${folder} holds a desk that is not the demo, and is left as it is; set DATA_DIR to another folder`,
    );
  return false;
}

export const markDemo = (desk: Desk, mark: 'begun' | 'made'): Promise<void> =>
  desk.run(system, (cx) => changeSetting(cx, demoMark, mark));
