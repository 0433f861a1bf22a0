import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { badRequest, conflict } from '../../platform/http/errors.ts';
import { access, mailLinks } from '../auth/index.ts';
import { getCustomer } from './queries.ts';

/**
 * One person after all: `into` gets the identities, the tags, and what it has not yet. Later modules move what else
 * belonged to `from` when they hear `customer.merged`. @throws 404; 400 for one and the same; 409 for who was merged
 * already, with who they are now.
 */
export async function mergeCustomers(
  cx: CommandContext,
  { from, into }: { from: number; into: number },
): Promise<void> {
  if (from === into) throw badRequest('A customer cannot be merged into themselves.');
  await cx.tx.all(sql`select id from customers where id in (${from}, ${into}) order by id for update`);
  for (const id of [from, into]) await refuseMerged(cx, id);
  const [gone, kept] = [await getCustomer(cx.tx, from), await getCustomer(cx.tx, into)];
  await cx.tx.write(sql`
    update customer_identities i set customer_id = ${into}, is_primary = i.is_primary and not exists (
      select from customer_identities k where k.customer_id = ${into} and k.kind = i.kind)
    where i.customer_id = ${from}`);
  await cx.tx.write(sql`
    update customers set name = ${kept.name || gone.name}, locale = ${kept.locale ?? gone.locale},
      time_zone = ${kept.timeZone ?? gone.timeZone}, organization_id = ${kept.organizationId ?? gone.organizationId},
      details = ${joined(kept.details, gone.details)}, notes = ${joined(kept.notes, gone.notes)},
      tags = ${[...new Set([...kept.tags, ...gone.tags])]}, external_id = ${kept.externalId ?? gone.externalId},
      fields = ${JSON.stringify({ ...gone.fields, ...kept.fields })}::jsonb, suspended = ${kept.suspended || gone.suspended},
      version = version + 1, updated_at = ${cx.now} where id = ${into}`);
  await cx.tx.write(sql`
    update customers set deleted_at = ${cx.now}, merged_into = ${into}, version = version + 1, updated_at = ${cx.now}
    where id = ${from}`);
  cx.record('customer.merged', null, { customerId: from, into });
  await mailLinks.void(cx, { customerId: from });
  await access.endSessions(cx, { customerId: from }, 'rights_changed');
}

async function refuseMerged(cx: CommandContext, id: number): Promise<void> {
  const end = await cx.tx.maybe<{ id: number }>(sql`
    with recursive chain (id, merged_into) as (
      select id, merged_into from customers where id = ${id} and merged_into is not null
      union select next.id, next.merged_into from chain join customers as next on next.id = chain.merged_into
    )
    select id from chain where merged_into is null`);
  if (!end) return;
  const details = { customerId: id, mergedInto: end.id };
  throw conflict(
    `Customer ${id} was merged already, and is customer ${end.id} now.`,
    details,
    'customer_merged',
  );
}

const joined = (first: string, second: string) => [first, second].filter(Boolean).join('\n\n');
