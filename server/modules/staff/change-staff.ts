import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { EventMap } from '../../platform/events/event-map.ts';
import { conflict, invalid, notFound } from '../../platform/http/errors.ts';
import { access, mailLinks } from '../auth/index.ts';
import type { Preferences, Staff } from './contract.ts';
import { findStaff } from './queries.ts';

type Changeable = Pick<
  Staff,
  'name' | 'email' | 'role' | 'ticketScope' | 'active' | 'locale' | 'timeZone' | 'signature'
>;
export type StaffChange = { [K in keyof Changeable]?: Changeable[K] | undefined } & {
  preferences?: Preferences | undefined;
  version?: number | undefined;
};

const lockKey = 7_130_012;

/**
 * Changes what is given. Less right than before ends every session at once; being disabled also revokes the API
 * tokens. Callers tell `access` after the commit.
 * @throws 409 with the newer state when `version` is old, or when no admin would be left; 422 `email: taken`.
 */
export async function changeStaff(cx: CommandContext, staffId: number, change: StaffChange): Promise<void> {
  const { version, preferences, ...values } = change;
  const { role, active, email } = values;
  // One such change at a time: two admins must not be able to demote each other, nor two people take one address.
  if (role !== undefined || active !== undefined || email !== undefined)
    await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const locked = await cx.tx.maybe(sql`select id from staff where id = ${staffId} for update`);
  const before = locked && (await findStaff(cx.tx, staffId));
  if (!before) throw notFound('That staff member');
  if (version !== undefined && version !== before.version) {
    throw conflict('Somebody changed this in the meantime.', { current: before });
  }
  const after: Changeable = { ...before, ...dropUndefined(values) };
  const names = Object.keys(values) as (keyof Changeable)[];
  const fields: string[] = names.filter((name) => after[name] !== before[name]);
  if (preferences && Object.keys(preferences).length > 0) fields.push('preferences');
  if (fields.length === 0) return;
  await refuseWithoutAdmin(cx, before, after);
  await refuseTakenEmail(cx, staffId, after.email);
  await cx.tx.write(sql`
    update staff set name = ${after.name}, email = ${after.email}, role = ${after.role}, ticket_scope = ${after.ticketScope},
      active = ${after.active}, locale = ${after.locale}, time_zone = ${after.timeZone}, signature = ${after.signature},
      preferences = preferences || ${JSON.stringify(preferences ?? {})}::jsonb, version = version + 1, updated_at = ${cx.now}
    where id = ${staffId}`);
  recordChange(cx, before, after, fields);
  await endWhatIsOver(cx, before, after);
}

/** Only an admin leaves the desk without one; a desk without admins could never get one again. */
async function refuseWithoutAdmin(cx: CommandContext, before: Changeable, after: Changeable): Promise<void> {
  const was = before.role === 'admin' && before.active;
  if (!was || (after.role === 'admin' && after.active)) return;
  const { admins } = await cx.tx.one<{ admins: number }>(
    sql`select count(*) as admins from staff where role = 'admin' and active`,
  );
  if (admins <= 1)
    throw conflict('The last admin cannot be disabled or given another role.', undefined, 'last_admin');
}

async function refuseTakenEmail(cx: CommandContext, staffId: number, email: string): Promise<void> {
  const taken = await cx.tx.maybe(
    sql`select id from staff where lower(email) = lower(${email}) and id <> ${staffId}`,
  );
  if (taken) throw invalid({ email: 'taken' });
}

function recordChange(cx: CommandContext, before: Staff, after: Changeable, changed: string[]): void {
  const staffId = before.id;
  const fields = changed.filter((field) => field !== 'active');
  const data: EventMap['staff.changed'] = { staffId, fields };
  if (after.role !== before.role) data.role = { from: before.role, to: after.role };
  if (after.ticketScope !== before.ticketScope)
    data.ticketScope = { from: before.ticketScope, to: after.ticketScope };
  if (fields.length > 0) cx.record('staff.changed', null, data);
  if (before.active && !after.active) cx.record('staff.disabled', null, { staffId });
  if (!before.active && after.active) cx.record('staff.enabled', null, { staffId });
}

async function endWhatIsOver(cx: CommandContext, before: Staff, after: Changeable): Promise<void> {
  const holder = { staffId: before.id };
  if (before.email !== after.email || !after.active) await mailLinks.void(cx, holder);
  if (before.active && !after.active) {
    await access.endSessions(cx, holder, 'disabled');
    await access.revokeApiTokens(cx, before.id, null);
  } else if (before.role !== after.role) {
    await access.endSessions(cx, holder, 'rights_changed');
  }
}

function dropUndefined<T extends object>(values: T): Partial<Changeable> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
