import type { Role } from '../../platform/http/principal.ts';
import type { Preferences, Staff } from './contract.ts';

export interface StaffRow {
  id: number;
  name: string;
  email: string;
  role: Role;
  ticket_scope: 'all' | 'teams';
  active: boolean;
  has_password: boolean;
  locale: Staff['locale'];
  time_zone: string | null;
  signature: string;
  preferences: Preferences;
  version: number;
  team_ids: number[];
  last_sign_in_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export function presentStaff(row: StaffRow): Staff {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    ticketScope: row.ticket_scope,
    active: row.active,
    locale: row.locale,
    timeZone: row.time_zone,
    signature: row.signature,
    teamIds: row.team_ids,
    hasPassword: row.has_password,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
