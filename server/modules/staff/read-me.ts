import { type Queryable, sql } from '../../platform/db/database.ts';
import { headPosition } from '../../platform/events/read-events.ts';
import { readSetting } from '../../platform/settings.ts';
import { deskSettings } from '../auth/index.ts';
import type { Me, Preferences } from './contract.ts';
import { getStaff, teamsOf } from './queries.ts';

/** Who is signed in, and at which desk. */
export async function readMe(db: Queryable, staffId: number): Promise<Me> {
  const [staff, teams, chosen, name, timeZone, locale, weekStart, position] = await Promise.all([
    getStaff(db, staffId),
    teamsOf(db, staffId),
    db.one<{ preferences: Preferences }>(sql`select preferences from staff where id = ${staffId}`),
    readSetting(db, deskSettings.name),
    readSetting(db, deskSettings.timeZone),
    readSetting(db, deskSettings.locale),
    readSetting(db, deskSettings.weekStart),
    headPosition(db),
  ]);
  return {
    user: {
      id: staff.id,
      name: staff.name,
      email: staff.email,
      role: staff.role,
      ticketScope: staff.ticketScope,
      locale: staff.locale,
      timeZone: staff.timeZone,
      signature: staff.signature,
      preferences: chosen.preferences,
      teams: teams.map(({ id, name: team }) => ({ id, name: team })),
    },
    desk: { name, timeZone, locale, weekStart },
    position,
  };
}
