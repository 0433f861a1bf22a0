import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { stampPolicies } from './write-policy.ts';

/** Promises nothing from now on; what it promised stays in its versions. Event: sla_policy.deleted. */
export async function deletePolicy(cx: CommandContext, { policyId }: { policyId: number }): Promise<void> {
  await stampPolicies(cx);
  const deleted = await cx.tx.write(sql`update sla_policies set deleted_at = ${cx.now}, updated_at = ${cx.now}
    where id = ${policyId} and deleted_at is null`);
  if (deleted === 0) throw notFound('This policy');
  cx.record('sla_policy.deleted', null, { policyId });
}
