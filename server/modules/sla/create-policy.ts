import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { CreatePolicy } from './contract.ts';
import { refuseTakenName, stampPolicies, writeVersion } from './write-policy.ts';

/** A new policy, tried after all others. Event: sla_policy.created. */
export async function createPolicy(cx: CommandContext, input: CreatePolicy): Promise<{ policyId: number }> {
  await stampPolicies(cx);
  await refuseTakenName(cx, input.name, null);
  const { id } = await cx.tx.one<{ id: number }>(sql`
    insert into sla_policies (name, description, position, created_at, updated_at)
    select ${input.name}, ${input.description}, coalesce(max(position), 0) + 1, ${cx.now}, ${cx.now}
    from sla_policies where deleted_at is null
    returning id`);
  await writeVersion(cx, id, 1, input);
  cx.record('sla_policy.created', null, { policyId: id, version: 1 });
  return { policyId: id };
}
