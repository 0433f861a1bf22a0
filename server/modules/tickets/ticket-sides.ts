import { type Queryable, sql } from '../../platform/db/database.ts';

/** What a ticket shows on the wire that is not in its own row. */
export interface TicketSides {
  description: string;
  submitterId: number | null;
  isPublic: boolean;
  recipient: string | null;
  followUpIds: number[];
  commentCount: number;
}

export interface FieldDefinition {
  id: number;
  key: string;
  title: string;
  kind: string;
  options: { value: string; label: string }[];
  position: number;
  active: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export async function readTicketSides(db: Queryable, ids: number[]): Promise<Map<number, TicketSides>> {
  const rows = await db.all<TicketSides & { id: number }>(sql`
    select wanted.id, coalesce(first.text, '') as description, first.author_id as "submitterId",
      exists (select from messages where ticket_id = wanted.id and public) as "isPublic",
      first.mail->'to'->>0 as recipient,
      (select coalesce(jsonb_agg(id order by id), '[]') from tickets where follow_up_of = wanted.id) as "followUpIds",
      (select count(*) from messages where ticket_id = wanted.id) as "commentCount"
    from unnest(${ids}::bigint[]) as wanted (id)
    left join lateral (select text, author_id, mail from messages where ticket_id = wanted.id
      order by created_at, id limit 1) as first on true`);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function listFieldDefinitions(db: Queryable): Promise<FieldDefinition[]> {
  return db.all(sql`select id, key, title, kind, options, position, active, created_at as "createdAt",
    updated_at as "updatedAt" from ticket_fields order by position, id`);
}
