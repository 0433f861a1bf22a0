import { type Queryable, sql } from '../../platform/db/database.ts';

/** How many of the latest tickets are looked at: suggestions are about present habits, and stay quick. */
const lookedAt = 5000;
const suggested = 20;

/** Tags in use that begin with `start`, those used most on recent tickets first. */
export async function listTags(db: Queryable, start: string): Promise<string[]> {
  const rows = await db.all<{ tag: string }>(sql`
    select tag from (select tags from tickets where shown order by created_at desc, id desc limit ${lookedAt}) as recent,
      unnest(recent.tags) as tag
    where starts_with(tag, ${start.trim().toLowerCase()})
    group by tag order by count(*) desc, tag limit ${suggested}`);
  return rows.map((row) => row.tag);
}
