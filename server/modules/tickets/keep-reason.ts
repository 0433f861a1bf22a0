import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';

/** Why a command was given, in the words of whoever gave it: shown with everything it changed. */
export function keepReason(cx: CommandContext, reason: string | undefined): void {
  if (!reason) return;
  cx.send(sql`insert into change_reasons (command_id, reason) values (${cx.commandId}, ${reason})
    on conflict (command_id) do nothing`);
}

export async function listReasons(db: Queryable, commandIds: number[]): Promise<Map<number, string>> {
  const rows = await db.all<{ id: number; reason: string }>(sql`
    select command_id as id, reason from change_reasons where command_id = any(${[...new Set(commandIds)]}::bigint[])`);
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}
