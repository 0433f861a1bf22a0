import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid, notFound } from '../../platform/http/errors.ts';
import { access, mailLinks } from '../auth/index.ts';
import type { IdentityKind } from './events.ts';
import { identityKey } from './identity-key.ts';

export interface NewIdentity {
  kind: IdentityKind;
  value: string;
  /** The one to write to; the first of its kind is that anyway. */
  primary?: boolean;
  verified?: boolean;
}

/** @throws 422 naming `field` when the value is none, or somebody's already. */
export async function addIdentity(
  cx: CommandContext,
  customerId: number,
  { kind, value, primary = false, verified = false }: NewIdentity,
  field = 'value',
): Promise<{ identityId: number }> {
  const key = identityKey(kind, value);
  if (key === null) throw invalid({ [field]: kind === 'email' ? 'not_an_address' : 'cannot be read' });
  const row = await cx.tx.maybe<{ id: number }>(sql`
    insert into customer_identities (customer_id, kind, value, value_key, is_primary, verified, created_at)
    values (${customerId}, ${kind}, ${value.trim()}, ${key}, not exists (select from customer_identities
      where customer_id = ${customerId} and kind = ${kind}), ${verified}, ${cx.now})
    on conflict (kind, value_key) do nothing returning id`);
  if (!row) throw invalid({ [field]: 'taken' });
  cx.record('customer.identity_added', null, { customerId, identityId: row.id, kind });
  if (primary) await setPrimary(cx, customerId, kind, row.id);
  return { identityId: row.id };
}

/** @throws 404 */
export async function makeIdentityPrimary(
  cx: CommandContext,
  customerId: number,
  identityId: number,
): Promise<void> {
  const { kind } = await getIdentity(cx, customerId, identityId);
  await setPrimary(cx, customerId, kind, identityId);
  cx.record('customer.identity_changed', null, { customerId, identityId, fields: ['primary'] });
}

/** They proved that it is theirs. Nothing happens when that was known, or when it is theirs no more. */
export async function verifyIdentity(
  cx: CommandContext,
  customerId: number,
  identityId: number,
): Promise<void> {
  const changed = await cx.tx.write(sql`
    update customer_identities set verified = true
    where id = ${identityId} and customer_id = ${customerId} and not verified`);
  if (changed > 0)
    cx.record('customer.identity_changed', null, { customerId, identityId, fields: ['verified'] });
}

/**
 * The oldest one left of its kind becomes the primary one. Whoever reads mail at an address that is gone is signed
 * out, and finds their link spent. @throws 404
 */
export async function removeIdentity(
  cx: CommandContext,
  customerId: number,
  identityId: number,
): Promise<void> {
  const { kind } = await getIdentity(cx, customerId, identityId);
  await cx.tx.write(sql`delete from customer_identities where id = ${identityId}`);
  await cx.tx.write(sql`
    update customer_identities set is_primary = true where id = (select id from customer_identities i
      where customer_id = ${customerId} and kind = ${kind} order by is_primary desc, id limit 1)`);
  cx.record('customer.identity_removed', null, { customerId, identityId, kind });
  if (kind !== 'email') return;
  await mailLinks.void(cx, { customerId });
  await access.endSessions(cx, { customerId }, 'rights_changed');
}

async function getIdentity(
  cx: CommandContext,
  customerId: number,
  id: number,
): Promise<{ kind: IdentityKind }> {
  const row = await cx.tx.maybe<{ kind: IdentityKind }>(
    sql`select kind from customer_identities where id = ${id} and customer_id = ${customerId} for update`,
  );
  if (!row) throw notFound('That identity');
  return row;
}

async function setPrimary(
  cx: CommandContext,
  customerId: number,
  kind: IdentityKind,
  id: number,
): Promise<void> {
  await cx.tx.write(sql`
    update customer_identities set is_primary = (id = ${id}) where customer_id = ${customerId} and kind = ${kind}`);
}
