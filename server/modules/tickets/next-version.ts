import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';

/** As assignments of an update of `tickets`: whatever changes one in any way makes its next version with them. */
export const nextVersion = (cx: CommandContext): Sql =>
  versionBy(sql`${cx.commandId}::bigint`, sql`${cx.now}::timestamptz`);

/** The same in a statement that many commands share, where command and instant are columns. */
export const versionBy = (commandId: Sql, at: Sql): Sql =>
  sql`version = tickets.version + 1, updated_at = ${at}, version_by = (${commandId} || tickets.version_by)[1:20]`;

/** The commands that made the versions of a ticket after this one, as far as it remembers: the last 20. */
export async function listCommandsSince(db: Queryable, ticketId: number, version: number): Promise<number[]> {
  const ticket = await db.one<{ version: number; versionBy: number[] }>(
    sql`select version, version_by as "versionBy" from tickets where id = ${ticketId}`,
  );
  return [...new Set(ticket.versionBy.slice(0, Math.max(0, ticket.version - version)))];
}
