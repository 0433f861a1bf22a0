import { empty, type Queryable, sql } from '../../platform/db/database.ts';
import type { ActorKind } from '../../platform/events/event-map.ts';
import type { Scope } from '../../platform/http/principal.ts';
import { cutPage } from './contract.ts';

interface TokenRow {
  id: number;
  name: string;
  scopes: Scope[];
  last_four: string;
  created_at: Date;
  last_used_at: Date | null;
}

/** The live tokens of one staff member, newest first. */
export async function listApiTokens(
  db: Queryable,
  staffId: number,
  before: number | undefined,
  limit: number,
) {
  const rows = await db.all<TokenRow>(sql`
    select id, name, scopes, last_four, created_at, last_used_at from api_tokens
    where staff_id = ${staffId} and revoked_at is null ${before ? sql`and id < ${before}` : empty}
    order by id desc limit ${limit + 1}`);
  return cutPage(rows, limit, (row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    last4: row.last_four,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
}

export interface AuditQuestion {
  cursor?: number | undefined;
  limit: number;
  type?: string | undefined;
  actor?: number | undefined;
}

interface AuditRow {
  id: number;
  type: string;
  actor_kind: ActorKind;
  actor_id: number | null;
  at: Date;
  command_id: number;
  data: Record<string, unknown>;
}

/** What happened to the desk itself (staff, access, customers, settings), newest first. */
export async function listAudit(db: Queryable, { cursor, limit, type, actor }: AuditQuestion) {
  const ofType = type?.endsWith('.')
    ? sql`and starts_with(type, ${type})`
    : type
      ? sql`and type = ${type}`
      : empty;
  const rows = await db.all<AuditRow>(sql`
    select id, type, actor_kind, actor_id, at, command_id, data from events
    where ticket_id is null ${ofType} ${cursor ? sql`and id < ${cursor}` : empty}
      ${actor ? sql`and actor_id = ${actor}` : empty}
    order by id desc limit ${limit + 1}`);
  return cutPage(rows, limit, (row) => ({
    id: row.id,
    type: row.type,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    at: row.at.toISOString(),
    commandId: row.command_id,
    data: row.data,
  }));
}
