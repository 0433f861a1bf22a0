import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';

/** Revokes one token of a staff member, or all of them; answers how many were alive. */
export async function revokeApiTokens(
  cx: CommandContext,
  staffId: number,
  tokenId: number | null,
): Promise<number> {
  const rows = await cx.tx.all<{ id: number }>(sql`
    update api_tokens set revoked_at = ${cx.now}
    where staff_id = ${staffId} and revoked_at is null and (${tokenId}::bigint is null or id = ${tokenId}) returning id`);
  for (const { id } of rows) cx.record('token.revoked', null, { tokenId: id, staffId });
  return rows.length;
}
