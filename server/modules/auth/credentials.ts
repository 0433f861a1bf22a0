import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import type { Principal, Role, Scope, StaffPrincipal } from '../../platform/http/principal.ts';
import { idleSeconds } from './start-session.ts';
import { digest } from './tokens.ts';

interface StaffRow {
  staff_id: number;
  role: Role;
  ticket_scope: 'all' | 'teams';
  locale: string;
  team_ids: number[];
}

interface SessionRow extends StaffRow {
  id: string;
  customer_id: number | null;
  customer_locale: string | null;
  stale: boolean;
}

interface TokenRow extends StaffRow {
  id: number;
  scopes: Scope[];
  stale: boolean;
}

const allScopes: Scope[] = ['read', 'write', 'admin'];
const teamIds = sql`to_jsonb(array(select m.team_id from team_members m join teams t on t.id = m.team_id
  where m.staff_id = st.id and t.deleted_at is null order by m.team_id))`;
const instantOf = (desk: Desk) => sql`coalesce(${desk.clock.fixed()}::timestamptz, now())`;

export async function findSessionPrincipal(desk: Desk, token: string): Promise<Principal | null> {
  const now = instantOf(desk);
  const row = await desk.db.maybe<SessionRow>(sql`
    select s.id, s.staff_id, s.customer_id, st.role, st.ticket_scope, st.locale, ${teamIds} as team_ids,
      c.locale as customer_locale, s.last_seen_at < ${now} - interval '1 minute' as stale
    from sessions s
    left join staff st on st.id = s.staff_id and st.active
    left join customers c on c.id = s.customer_id and c.deleted_at is null and not c.suspended
    where s.token_hash = ${digest(token)} and s.expires_at > ${now}
      and s.last_seen_at > ${now} - make_interval(secs => ${idleSeconds})
      and num_nonnulls(st.id, c.id) = 1`);
  if (!row) return null;
  if (row.stale) await desk.db.write(sql`update sessions set last_seen_at = ${now} where id = ${row.id}`);
  const { id: credentialId, customer_id: customerId } = row;
  if (customerId === null) return staffPrincipal(row, { via: 'session', scopes: allScopes, credentialId });
  return {
    kind: 'customer',
    id: customerId,
    locale: row.customer_locale ?? 'en',
    via: 'session',
    scopes: allScopes,
    credentialId,
  };
}

/** `email`, when the caller named one, must be the token's owner's. */
export async function findTokenPrincipal(
  desk: Desk,
  token: string,
  email: string | null,
): Promise<Principal | null> {
  const now = instantOf(desk);
  const row = await desk.db.maybe<TokenRow>(sql`
    select t.id, t.scopes, t.staff_id, st.role, st.ticket_scope, st.locale, ${teamIds} as team_ids,
      coalesce(t.last_used_at < ${now} - interval '1 minute', true) as stale
    from api_tokens t join staff st on st.id = t.staff_id and st.active
    where t.token_hash = ${digest(token)} and t.revoked_at is null
      and (${email}::text is null or lower(st.email) = lower(${email}::text))`);
  if (!row) return null;
  if (row.stale) await desk.db.write(sql`update api_tokens set last_used_at = ${now} where id = ${row.id}`);
  return staffPrincipal(row, { via: 'token', scopes: row.scopes, credentialId: `token-${row.id}` });
}

function staffPrincipal(
  row: StaffRow,
  credential: Pick<StaffPrincipal, 'via' | 'scopes' | 'credentialId'>,
): StaffPrincipal {
  return {
    kind: 'staff',
    id: row.staff_id,
    role: row.role,
    teamIds: row.team_ids,
    ticketScope: row.ticket_scope,
    locale: row.locale,
    ...credential,
  };
}
