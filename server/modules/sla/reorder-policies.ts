import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import { listPolicies } from './read-policies.ts';
import { stampPolicies } from './write-policy.ts';

/** The whole order, first to last. Event: sla_policy.reordered. */
export async function reorderPolicies(
  cx: CommandContext,
  { policyIds }: { policyIds: number[] },
): Promise<void> {
  await stampPolicies(cx);
  const before = (await listPolicies(cx.tx)).map((policy) => policy.id);
  const isWhole = new Set(policyIds).size === policyIds.length && policyIds.length === before.length;
  if (!isWhole || !before.every((id) => policyIds.includes(id))) {
    throw invalid({ ids: 'name every policy once' });
  }
  if (policyIds.every((id, index) => id === before[index])) return;
  await cx.tx.write(sql`
    update sla_policies set position = ordered.position, updated_at = ${cx.now}
    from unnest(${policyIds}::bigint[]) with ordinality as ordered (id, position)
    where sla_policies.id = ordered.id`);
  cx.record('sla_policy.reordered', null, { policyIds });
}
