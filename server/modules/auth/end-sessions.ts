import type { CommandContext } from '../../platform/command.ts';
import { type Sql, sql } from '../../platform/db/database.ts';
import type { SessionEnd } from './events.ts';
import type { SessionHolder } from './start-session.ts';
import { digest } from './tokens.ts';

interface EndedRow {
  id: string;
  staff_id: number | null;
  customer_id: number | null;
}

/** Ends every session of a person, but the one with the credential `except`. */
export async function endSessions(
  cx: CommandContext,
  holder: SessionHolder,
  reason: SessionEnd,
  except: string | null = null,
): Promise<number> {
  const whose =
    'staffId' in holder ? sql`staff_id = ${holder.staffId}` : sql`customer_id = ${holder.customerId}`;
  return end(cx, sql`${whose} and id::text is distinct from ${except}`, reason);
}

/** Ends the one session of a cookie; a cookie that names none is nothing to complain about. */
export async function endSession(cx: CommandContext, token: string, reason: SessionEnd): Promise<number> {
  return end(cx, sql`token_hash = ${digest(token)}`, reason);
}

async function end(cx: CommandContext, which: Sql, reason: SessionEnd): Promise<number> {
  const rows = await cx.tx.all<EndedRow>(
    sql`delete from sessions where ${which} returning id, staff_id, customer_id`,
  );
  for (const { id, staff_id: staffId, customer_id: customerId } of rows) {
    cx.record('session.ended', null, { staffId, customerId, credentialId: id, reason });
  }
  return rows.length;
}
