import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import { findOrCreateCustomer, getCustomer } from '../customers/index.ts';
import { findStaffByEmail } from '../staff/index.ts';

/** Is this user staff or a customer? Both have ids of one space on the wire. */
export async function kindOfUser(db: Queryable, id: number): Promise<'staff' | 'customer' | null> {
  const row = await db.maybe<{ kind: 'staff' | 'customer' }>(
    sql`select kind from wire_users where id = ${id}`,
  );
  return row?.kind ?? null;
}

export async function customerAt(
  cx: CommandContext,
  email: string,
  name?: string,
  locale?: string,
): Promise<number> {
  const wanted = { kind: 'email', value: email, name: name ?? null, locale: locale ?? null } as const;
  return (await findOrCreateCustomer(cx, wanted)).customerId;
}

/** The customer with this id; staff who ask for help themselves are customers under their own address. */
export async function customerFor(cx: CommandContext, userId: number, field: string): Promise<number> {
  const row = await cx.tx.maybe<{ kind: string; email: string | null; name: string }>(
    sql`select kind, email, name from wire_users where id = ${userId} and active`,
  );
  if (!row) throw invalid({ [field]: 'there is no such user' });
  return row.kind === 'staff' ? customerAt(cx, row.email ?? '', row.name) : userId;
}

export async function staffAt(cx: CommandContext, email: string, field: string): Promise<number> {
  const staff = await findStaffByEmail(cx.tx, email);
  if (!staff) throw invalid({ [field]: 'no agent has this address' });
  return staff.id;
}

export async function emailOf(cx: CommandContext, customerId: number, field: string): Promise<string> {
  const customer = await getCustomer(cx.tx, customerId).catch(() => null);
  if (!customer?.email) throw invalid({ [field]: `user ${customerId} has no address to copy` });
  return customer.email;
}
