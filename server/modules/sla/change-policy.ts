import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict } from '../../platform/http/errors.ts';
import type { ChangePolicy } from './contract.ts';
import { getPolicy } from './read-policies.ts';
import { refuseTakenName, stampPolicies, writeVersion } from './write-policy.ts';

/**
 * A new version, valid from now. Clocks that run take it up at their ticket's next event; ended ones keep the
 * version they had. Event: sla_policy.changed.
 */
export async function changePolicy(
  cx: CommandContext,
  { policyId, change }: { policyId: number; change: ChangePolicy },
): Promise<void> {
  await stampPolicies(cx);
  const before = await getPolicy(cx.tx, policyId);
  const { version: seen, ...given } = change;
  if (seen !== undefined && seen !== before.version) {
    throw conflict('Somebody changed this policy in the meantime.', { current: before });
  }
  if (Object.values(given).every((value) => value === undefined)) return;
  const after = { ...before, ...given };
  await refuseTakenName(cx, after.name, policyId);
  const version = before.version + 1;
  await cx.tx.write(sql`update sla_policies set name = ${after.name}, description = ${after.description},
    version = ${version}, updated_at = ${cx.now} where id = ${policyId}`);
  await writeVersion(cx, policyId, version, after);
  cx.record('sla_policy.changed', null, { policyId, version });
}
