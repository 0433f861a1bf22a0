import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { Role } from '../../platform/http/principal.ts';
import { addTeamMember } from './change-team-members.ts';
import type { Staff } from './contract.ts';

export interface NewStaff {
  name: string;
  email: string;
  role: Role;
  ticketScope?: 'all' | 'teams';
  locale?: Staff['locale'] | undefined;
  timeZone?: string | null | undefined;
  teamIds?: number[];
  /** None: they choose one by a link. */
  passwordHash?: string | null;
  /** False for somebody of an imported history: they cannot sign in, and what they had stays theirs. */
  active?: boolean;
}

/** @throws 422 `email: taken`; 404 for an unknown team. */
export async function createStaff(cx: CommandContext, input: NewStaff): Promise<{ staffId: number }> {
  const { role, ticketScope = 'all', passwordHash = null, active = true, teamIds = [] } = input;
  const row = await cx.tx.maybe<{ id: number }>(sql`
    insert into staff (name, email, role, ticket_scope, password_hash, active, locale, time_zone, created_at,
      updated_at)
    values (${input.name}, ${input.email.trim()}, ${role}, ${ticketScope}, ${passwordHash}, ${active},
      ${input.locale ?? 'en'}, ${input.timeZone ?? null}, ${cx.now}, ${cx.now})
    on conflict (lower(email)) do nothing returning id`);
  if (!row) throw invalid({ email: 'taken' });
  cx.record('staff.created', null, { staffId: row.id, role, ticketScope, active });
  for (const teamId of new Set(teamIds)) await addTeamMember(cx, { teamId, staffId: row.id });
  return { staffId: row.id };
}
