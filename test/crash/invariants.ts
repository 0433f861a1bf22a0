import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Queryable } from '../../server/platform/db/database.ts';
import { raw, sql } from '../../server/platform/db/database.ts';

const text = readFileSync(path.join(import.meta.dirname, 'invariants.sql'), 'utf8');

/** Runs every query of invariants.sql; answers the rows, which must be none. */
export async function brokenInvariants(db: Queryable): Promise<object[]> {
  const queries = text
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((query) => query.trim())
    .filter(Boolean);
  const rows: object[] = [];
  for (const query of queries) rows.push(...(await db.all<object>(sql`${raw(query)}`)));
  return rows;
}
