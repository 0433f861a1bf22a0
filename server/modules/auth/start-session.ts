import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { digest, newToken } from './tokens.ts';

export const absoluteSeconds = 60 * 86_400;
export const idleSeconds = 14 * 86_400;

export type SessionHolder = { staffId: number } | { customerId: number };

export interface StartedSession {
  /** Goes into the cookie and nowhere else. */
  token: string;
  credentialId: string;
  expiresAt: Date;
}

/** A new session under a new token; what a visitor brought along is never taken over. */
export async function startSession(cx: CommandContext, holder: SessionHolder): Promise<StartedSession> {
  const token = newToken();
  const staffId = 'staffId' in holder ? holder.staffId : null;
  const customerId = 'customerId' in holder ? holder.customerId : null;
  const expiresAt = new Date(cx.now.getTime() + absoluteSeconds * 1000);
  const { id } = await cx.tx.one<{ id: string }>(sql`
    insert into sessions (token_hash, staff_id, customer_id, created_at, last_seen_at, expires_at)
    values (${digest(token)}, ${staffId}, ${customerId}, ${cx.now}, ${cx.now}, ${expiresAt}) returning id`);
  const actor =
    staffId === null
      ? ({ kind: 'customer', id: customerId } as const)
      : ({ kind: 'agent', id: staffId } as const);
  cx.as(actor).record('session.started', null, { staffId, customerId, credentialId: id });
  return { token, credentialId: id, expiresAt };
}
