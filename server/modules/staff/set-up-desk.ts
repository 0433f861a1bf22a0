import { createHmac } from 'node:crypto';
import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { changeSetting } from '../../platform/settings.ts';
import { deskKey, deskSettings } from '../auth/index.ts';
import type { Staff } from './contract.ts';
import { createStaff } from './create-staff.ts';

export interface FirstSteps {
  deskName?: string;
  timeZone: string;
  locale?: Staff['locale'];
  admin: { name: string; email: string; passwordHash: string };
  inbox: { name: string; address: string };
}

const lockKey = 7_130_013;

export async function hasAdmin(db: Queryable): Promise<boolean> {
  return (await db.maybe(sql`select id from staff where role = 'admin' limit 1`)) !== undefined;
}

/**
 * The first admin and what the desk is called; `desk.set_up` lets later modules add what they start with. Of two at
 * once one waits for the other and is refused.
 * @throws 409 `already_set_up`
 */
export async function setUpDesk(cx: CommandContext, steps: FirstSteps): Promise<{ adminId: number }> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  if (await hasAdmin(cx.tx))
    throw new HttpError(409, 'already_set_up', 'This desk has an admin already; sign in.');
  const { name, email, passwordHash } = steps.admin;
  const { staffId } = await createStaff(cx, {
    name,
    email,
    passwordHash,
    role: 'admin',
    locale: steps.locale,
  });
  const admin = cx.as({ kind: 'agent', id: staffId });
  if (steps.deskName) await changeSetting(admin, deskSettings.name, steps.deskName);
  await changeSetting(admin, deskSettings.timeZone, steps.timeZone);
  if (steps.locale) await changeSetting(admin, deskSettings.locale, steps.locale);
  await changeSetting(admin, deskSettings.firstInbox, steps.inbox);
  admin.record('desk.set_up', null, { adminId: staffId });
  return { adminId: staffId };
}

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sixty bits, the same in every process of the desk: printed at the start, asked for from another machine. */
export async function setupCode(db: Queryable): Promise<string> {
  const bytes = createHmac('sha256', await deskKey(db, 'setup_code'))
    .update('1')
    .digest();
  const signs = [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]);
  return [signs.slice(0, 4), signs.slice(4, 8), signs.slice(8)].map((part) => part.join('')).join('-');
}
