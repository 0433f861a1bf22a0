import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';

/** What a ticket asks of the customer it is for. */
export const requesters = {
  /** Null for nobody. `deleted` also for who was merged away. */
  async find(db: Queryable, id: number): Promise<{ organizationId: number | null; deleted: boolean } | null> {
    const row = await db.maybe<{ organizationId: number | null; deleted: boolean }>(sql`
      select o.id as "organizationId", c.deleted_at is not null as deleted from customers c
      left join organizations o on o.id = c.organization_id and o.deleted_at is null
      where c.id = ${id}`);
    return row ?? null;
  },
  /** As a column of another statement, of the customer whose id stands in one of its own. */
  isDeleted: (id: Sql): Sql => sql`(select c.deleted_at is not null from customers c where c.id = ${id})`,
};
