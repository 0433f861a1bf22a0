import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { EventMap } from '../../platform/events/event-map.ts';
import { conflict, notFound } from '../../platform/http/errors.ts';
import { access, mailLinks } from '../auth/index.ts';
import type { Customer } from './contract.ts';
import { refuseUnknownOrganization } from './create-customer.ts';
import { getCustomer } from './queries.ts';

type Changeable = Pick<
  Customer,
  | 'name'
  | 'locale'
  | 'timeZone'
  | 'organizationId'
  | 'details'
  | 'notes'
  | 'tags'
  | 'externalId'
  | 'fields'
  | 'suspended'
>;
export type CustomerChange = { [K in keyof Changeable]?: Changeable[K] | undefined } & {
  version?: number | undefined;
};

/**
 * Changes what is given; of `fields` only those named. Being suspended ends their sessions.
 * @throws 409 with the newer state when `version` is old; 422 for an unknown organisation; 404.
 */
export async function changeCustomer(
  cx: CommandContext,
  customerId: number,
  change: CustomerChange,
): Promise<void> {
  const { version, ...values } = change;
  await cx.tx.maybe(sql`select id from customers where id = ${customerId} for update`);
  const before = await getCustomer(cx.tx, customerId);
  if (version !== undefined && version !== before.version) {
    throw conflict('Somebody changed this in the meantime.', { current: before });
  }
  const after = merged(before, values);
  const names = Object.keys(values) as (keyof Changeable)[];
  const fields = names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
  if (fields.length === 0) return;
  if (fields.includes('organizationId')) await refuseUnknownOrganization(cx, after.organizationId);
  await cx.tx.write(sql`
    update customers set name = ${after.name}, locale = ${after.locale}, time_zone = ${after.timeZone},
      organization_id = ${after.organizationId}, details = ${after.details}, notes = ${after.notes}, tags = ${after.tags},
      external_id = ${after.externalId}, fields = ${JSON.stringify(after.fields)}::jsonb, suspended = ${after.suspended},
      version = version + 1, updated_at = ${cx.now} where id = ${customerId}`);
  record(cx, before, after, fields);
  if (after.suspended && !before.suspended) await access.endSessions(cx, { customerId }, 'suspended');
}

/** Their identities go, so that a later mail meets a new customer; tickets keep naming the old one. */
export async function deleteCustomer(cx: CommandContext, customerId: number): Promise<void> {
  const deleted = await cx.tx.write(sql`
    update customers set deleted_at = ${cx.now}, version = version + 1, updated_at = ${cx.now}
    where id = ${customerId} and deleted_at is null`);
  if (deleted === 0) throw notFound('That customer');
  await cx.tx.write(sql`delete from customer_identities where customer_id = ${customerId}`);
  cx.record('customer.deleted', null, { customerId });
  await mailLinks.void(cx, { customerId });
  await access.endSessions(cx, { customerId }, 'disabled');
}

function merged(before: Customer, values: Omit<CustomerChange, 'version'>): Changeable {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { ...before, ...given, fields: { ...before.fields, ...values.fields } };
}

function record(cx: CommandContext, before: Customer, after: Changeable, fields: string[]): void {
  const data: EventMap['customer.changed'] = { customerId: before.id, fields };
  if (fields.includes('organizationId'))
    data.organizationId = { from: before.organizationId, to: after.organizationId };
  if (fields.includes('suspended')) data.suspended = { from: before.suspended, to: after.suspended };
  cx.record('customer.changed', null, data);
}
