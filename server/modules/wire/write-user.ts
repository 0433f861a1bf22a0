import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { forbidden, HttpError, invalid, notFound } from '../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { localeShape, timeZoneShape } from '../auth/contract.ts';
import { isAdmin } from '../auth/index.ts';
import {
  changeCustomer,
  createCustomer,
  deleteCustomer,
  findOrCreateCustomer,
  identities,
} from '../customers/index.ts';
import { changeStaff, createStaff, getStaff } from '../staff/index.ts';
import { kindOfUser } from './find-people.ts';
import type { UserBody } from './user-body.ts';

/** An end user becomes a customer, an agent or admin staff; only an admin makes staff. */
export async function createUser(cx: CommandContext, who: StaffPrincipal, body: UserBody): Promise<number> {
  if (body.role === 'agent' || body.role === 'admin') return createStaffUser(cx, who, body, body.role);
  const given = identitiesOf(body);
  const { customerId } = await createCustomer(cx, { ...customerDetails(body), identities: given }).catch(
    (error) => refuseByName(error, given),
  );
  if (body.suspended) await changeCustomer(cx, customerId, { suspended: true });
  return customerId;
}

/** What is wrong with an identity is said of the field it was given in. */
function refuseByName(error: unknown, given: Given[]): never {
  if (!(error instanceof HttpError) || !error.fields) throw error;
  const entries = Object.entries(error.fields).map(([field, text]) => {
    const index = /^identities\.(\d+)\.value$/.exec(field)?.[1];
    return [given[Number(index)]?.field ?? field, text];
  });
  throw invalid(Object.fromEntries(entries));
}

async function createStaffUser(
  cx: CommandContext,
  who: StaffPrincipal,
  body: UserBody,
  role: 'agent' | 'admin',
): Promise<number> {
  refuseUnlessAdmin(who);
  if (!body.email) throw invalid({ email: 'an agent signs in with one' });
  const { staffId } = await createStaff(cx, {
    name: body.name ?? body.email,
    email: body.email,
    role,
    locale: staffLocale(body.locale),
    timeZone: zoneOf(body),
  });
  return staffId;
}

export async function updateUser(
  cx: CommandContext,
  who: StaffPrincipal,
  id: number,
  body: UserBody,
): Promise<void> {
  const kind = await kindOfUser(cx.tx, id);
  if (kind === null) throw notFound('This user');
  if (kind === 'staff') return updateStaff(cx, who, id, body);
  if (body.role && body.role !== 'end-user')
    throw invalid({ role: 'an end user cannot become an agent: create one' });
  await changeCustomer(cx, id, customerDetails(body));
  for (const identity of identitiesOf(body)) await addNewIdentity(cx, id, identity);
}

async function updateStaff(
  cx: CommandContext,
  who: StaffPrincipal,
  id: number,
  body: UserBody,
): Promise<void> {
  refuseUnlessAdmin(who);
  if (body.role === 'end-user') throw invalid({ role: 'an agent cannot become an end user' });
  const { role: now } = await getStaff(cx.tx, id);
  // Leads and managers read as agents on the wire, so "agent" sent back leaves them what they are.
  const role =
    body.role === 'admin' ? 'admin' : body.role === 'agent' && now === 'admin' ? 'agent' : undefined;
  await changeStaff(cx, id, {
    name: body.name,
    email: body.email ?? undefined,
    role,
    active: body.suspended === undefined ? undefined : !body.suspended,
    locale: staffLocale(body.locale),
    timeZone: zoneOf(body),
    signature: body.signature ?? undefined,
  });
}

/** Staff are disabled, customers deleted; their tickets stay. */
export async function removeUser(cx: CommandContext, who: StaffPrincipal, id: number): Promise<void> {
  refuseUnlessAdmin(who);
  const kind = await kindOfUser(cx.tx, id);
  if (kind === null) throw notFound('This user');
  if (kind === 'customer') await deleteCustomer(cx, id);
  else await changeStaff(cx, id, { active: false });
}

/** By external id, else by address; a new one when nobody fits. */
export async function createOrUpdateUser(
  cx: CommandContext,
  who: StaffPrincipal,
  body: UserBody,
): Promise<{ id: number; created: boolean }> {
  const found = await cx.tx.maybe<{ id: number }>(sql`
    select id from wire_users where active and (external_id = ${body.external_id ?? null}
      or id in ${identities.holdersOfExactly(body.email ?? '', 'email')}
      or (kind = 'staff' and lower(email) = lower(${body.email ?? null})))
    order by external_id is not distinct from ${body.external_id ?? null} desc limit 1`);
  if (!found) return { id: await createUser(cx, who, body), created: true };
  await updateUser(cx, who, found.id, body);
  return { id: found.id, created: false };
}

export function refuseUnlessAdmin(who: StaffPrincipal): void {
  if (!isAdmin(who)) throw forbidden();
}

function customerDetails(body: UserBody) {
  return {
    name: body.name,
    locale: body.locale,
    timeZone: zoneOf(body),
    organizationId: body.organization_id,
    details: body.details ?? undefined,
    notes: body.notes ?? undefined,
    tags: body.tags,
    externalId: body.external_id,
    fields: body.user_fields,
    suspended: body.suspended,
  };
}

interface Given {
  kind: 'email' | 'phone';
  value: string;
  verified?: boolean;
  /** The wire's field. */
  field: string;
}

function identitiesOf({ email, phone, verified = false, identities: more = [] }: UserBody): Given[] {
  return [
    ...(email ? [{ kind: 'email' as const, value: email, verified, field: 'email' }] : []),
    ...(phone ? [{ kind: 'phone' as const, value: phone, field: 'phone' }] : []),
    ...more.map(({ type, value }) => ({
      kind: type === 'email' ? ('email' as const) : ('phone' as const),
      value,
      field: 'identities',
    })),
  ];
}

/** An address the user has already is fine; another stands beside it until it is made primary, as the format says. */
async function addNewIdentity(cx: CommandContext, id: number, { field, ...identity }: Given): Promise<void> {
  const same = identity.value.toLowerCase();
  const own = (await identities.list(cx.tx, id)).some(
    ({ kind, value }) => kind === identity.kind && value.toLowerCase() === same,
  );
  if (!own) await identities.add(cx, id, identity, field);
  else if (identity.verified) await findOrCreateCustomer(cx, { ...identity, verified: true });
}

function staffLocale(locale: string | null | undefined) {
  const parsed = localeShape.safeParse(locale);
  return parsed.success ? parsed.data : undefined;
}

function zoneOf(body: UserBody): string | null | undefined {
  const zone = body.iana_time_zone ?? body.time_zone;
  if (zone === undefined || zone === null) return zone;
  const parsed = timeZoneShape.safeParse(zone);
  if (!parsed.success) throw invalid({ time_zone: 'is a name such as Europe/Minsk' });
  return parsed.data;
}
