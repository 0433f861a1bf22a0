import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { Definition } from './contract.ts';

/** One change of the policies at a time; from its commit on, every process reads them anew. */
export async function stampPolicies(cx: CommandContext): Promise<void> {
  await cx.tx.write(sql`update sla_policy_stamp set stamp = gen_random_uuid()`);
}

/** What the policy says from now on; what it said before stays readable. */
export async function writeVersion(
  cx: CommandContext,
  policyId: number,
  version: number,
  { filter, targets, pausesIn }: Definition,
): Promise<void> {
  const definition = JSON.stringify({ filter, targets, pausesIn });
  await cx.tx.write(sql`insert into sla_policy_versions (policy_id, version, valid_from, definition, recorded_at)
    values (${policyId}, ${version}, ${cx.now}, ${definition}::jsonb, ${cx.now})`);
}

/** Call after `stampPolicies`, whose lock keeps others from taking the name meanwhile. */
export async function refuseTakenName(
  cx: CommandContext,
  name: string,
  except: number | null,
): Promise<void> {
  const taken = await cx.tx.maybe(sql`select id from sla_policies
    where lower(name) = lower(${name}) and deleted_at is null and id is distinct from ${except}`);
  if (taken) throw invalid({ name: 'taken' });
}
