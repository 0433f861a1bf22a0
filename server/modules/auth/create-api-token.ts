import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { Scope } from '../../platform/http/principal.ts';
import { digest, newToken } from './tokens.ts';

export interface NewApiToken {
  staffId: number;
  name: string;
  scopes: Scope[];
  /** Only the environment brings its own; else one is made. */
  token?: string;
}

/** Answers the token for the only time; its digest is what stays. */
export async function createApiToken(
  cx: CommandContext,
  { staffId, name, scopes, token = `fl_${newToken()}` }: NewApiToken,
): Promise<{ tokenId: number; token: string }> {
  const createdBy = cx.actor.kind === 'agent' ? cx.actor.id : null;
  const { id } = await cx.tx.one<{ id: number }>(sql`
    insert into api_tokens (token_hash, name, staff_id, scopes, last_four, created_at, created_by)
    values (${digest(token)}, ${name}, ${staffId}, ${scopes}, ${token.slice(-4)}, ${cx.now}, ${createdBy}) returning id`);
  cx.record('token.created', null, { tokenId: id, staffId, scopes });
  return { tokenId: id, token };
}
