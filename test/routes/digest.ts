import { type Database, raw, sql } from '../../server/platform/db/database.ts';

/** When a credential was last used is noted by whatever it does, reading too. */
const notes = ['last_used_at', 'last_seen_at'];

/** A digest of every row of every table: what was written anywhere is seen. */
export async function digestOfAll(db: Database): Promise<Record<string, string>> {
  const tables = await db.all<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { digest } = await db.one<{ digest: string }>(sql`
      select md5(coalesce(string_agg(line, ',' order by line), '')) as digest
      from (select (to_jsonb(t) - ${notes}::text[])::text as line from ${raw(name)} t) as lines`);
    digests[name] = digest;
  }
  return digests;
}
