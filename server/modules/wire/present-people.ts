import type { OrganizationRow } from '../customers/index.ts';
import type { TeamRow } from '../staff/index.ts';
import { wireTime } from './instant.ts';

export interface UserRow {
  id: number;
  kind: 'staff' | 'customer';
  name: string;
  email: string | null;
  phone: string | null;
  role: string;
  active: boolean;
  suspended: boolean;
  locale: string | null;
  time_zone: string | null;
  organization_id: number | null;
  default_group_id: number | null;
  details: string;
  notes: string;
  signature: string;
  tags: string[];
  external_id: string | null;
  fields: Record<string, unknown>;
  verified: boolean;
  ticket_scope: string | null;
  last_sign_in_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export type WireObject = Record<string, unknown> & { id: number };

/** Staff and customers are both users on the wire: leads and managers are agents there. */
export function presentUser(base: string, row: UserRow): WireObject {
  return {
    id: row.id,
    url: `${base}/api/v2/users/${row.id}.json`,
    name: row.name || row.email || '',
    email: row.email,
    alias: null,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.updated_at),
    time_zone: row.time_zone,
    iana_time_zone: row.time_zone,
    phone: row.phone,
    shared_phone_number: null,
    photo: null,
    locale_id: null,
    locale: row.locale,
    organization_id: row.organization_id,
    role: row.kind === 'customer' ? 'end-user' : row.role === 'admin' ? 'admin' : 'agent',
    role_type: row.kind === 'customer' ? null : row.role === 'admin' ? 4 : 0,
    custom_role_id: null,
    verified: row.verified,
    external_id: row.external_id,
    tags: row.tags,
    active: row.active,
    shared: false,
    shared_agent: false,
    last_login_at: wireTime(row.last_sign_in_at),
    two_factor_auth_enabled: false,
    signature: row.signature || null,
    details: row.details,
    notes: row.notes,
    moderator: row.role === 'admin',
    ticket_restriction:
      row.kind === 'customer' ? 'requested' : row.ticket_scope === 'teams' ? 'groups' : null,
    only_private_comments: false,
    restricted_agent: row.kind === 'customer' || row.ticket_scope === 'teams',
    suspended: row.suspended,
    chat_only: false,
    default_group_id: row.default_group_id,
    report_csv: false,
    user_fields: row.fields,
  };
}

/** Who asks without credentials, as clients of the format expect at /users/me. */
export const anonymousUser = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  role: 'end-user',
  active: false,
  verified: false,
  tags: [],
  user_fields: {},
};

export function presentOrganization(base: string, row: OrganizationRow): WireObject {
  return {
    id: row.id,
    url: `${base}/api/v2/organizations/${row.id}.json`,
    name: row.name,
    shared_tickets: false,
    shared_comments: false,
    external_id: row.external_id,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.updated_at),
    domain_names: row.domains,
    details: row.details,
    notes: row.notes,
    group_id: null,
    tags: row.tags,
    organization_fields: row.fields,
  };
}

export function presentGroup(base: string, row: TeamRow): WireObject {
  return {
    id: row.id,
    url: `${base}/api/v2/groups/${row.id}.json`,
    name: row.name,
    description: row.description,
    default: false,
    is_public: true,
    deleted: row.deleted_at !== null,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.updated_at),
  };
}
