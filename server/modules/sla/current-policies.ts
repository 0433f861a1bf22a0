import { type Queryable, sql } from '../../platform/db/database.ts';
import { type Definition, definitionShape } from './contract.ts';
import type { CurrentPolicy } from './match-policy.ts';

const mostRemembered = 16;
const remembered = new Map<string, readonly CurrentPolicy[]>();

/**
 * The policies in order, from memory where this set was read before. The stamp is read with every ticket, in the
 * command's own transaction: a change holds from its commit on, in every process, without a signal.
 */
export async function policiesOf(db: Queryable, stamp: string): Promise<readonly CurrentPolicy[]> {
  const known = remembered.get(stamp);
  if (known) return known;
  const policies = await readPolicies(db);
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value as string);
  remembered.set(stamp, policies);
  return policies;
}

async function readPolicies(db: Queryable): Promise<CurrentPolicy[]> {
  const rows = await db.all<{ id: number; name: string; version: number; definition: Definition }>(sql`
    select policy.id, policy.name, policy.version, version.definition
    from sla_policies as policy
    join sla_policy_versions as version on version.policy_id = policy.id and version.version = policy.version
    where policy.deleted_at is null order by policy.position, policy.id`);
  return rows.map(({ id, name, version, definition }) => ({
    id,
    name,
    version,
    ...definitionShape.parse(definition),
  }));
}
