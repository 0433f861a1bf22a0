import { empty, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { type Definition, definitionShape, type Policy } from './contract.ts';

interface Row {
  id: number;
  name: string;
  description: string;
  position: number;
  version: number;
  definition: Definition;
  createdAt: Date;
  updatedAt: Date;
}

/** In the order in which they are tried. */
export async function listPolicies(db: Queryable): Promise<Policy[]> {
  return (await readRows(db, empty)).map(present);
}

export async function findPolicy(db: Queryable, id: number): Promise<Policy | undefined> {
  const [row] = await readRows(db, sql`and policy.id = ${id}`);
  return row && present(row);
}

export async function getPolicy(db: Queryable, id: number): Promise<Policy> {
  const policy = await findPolicy(db, id);
  if (!policy) throw notFound('This policy');
  return policy;
}

function readRows(db: Queryable, condition: Sql): Promise<Row[]> {
  return db.all<Row>(sql`
    select policy.id, name, description, position, policy.version, definition, created_at as "createdAt",
      updated_at as "updatedAt"
    from sla_policies as policy
    join sla_policy_versions as version on version.policy_id = policy.id and version.version = policy.version
    where deleted_at is null ${condition} order by position, policy.id`);
}

function present({ definition, createdAt, updatedAt, ...row }: Row): Policy {
  return {
    ...row,
    ...definitionShape.parse(definition),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
