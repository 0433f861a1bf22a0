import type { Actor } from '../events/event-map.ts';

export type Role = 'agent' | 'lead' | 'manager' | 'admin';
export type Scope = 'read' | 'write' | 'admin';

/** Who asks, as the auth module found out; rights are read anew for each request. */
export interface StaffPrincipal {
  kind: 'staff';
  id: number;
  role: Role;
  /** Teams whose tickets a restricted agent may see. */
  teamIds: number[];
  /** `all`: every ticket; `teams`: tickets of their teams, their own, and unassigned ones without a team. */
  ticketScope: 'all' | 'teams';
  locale: string;
  via: 'session' | 'token';
  scopes: Scope[];
  /** Identifies the session or token, for live revocation. */
  credentialId: string;
}

export interface CustomerPrincipal {
  kind: 'customer';
  id: number;
  locale: string;
  via: 'session';
  scopes: Scope[];
  credentialId: string;
}

export type Principal = StaffPrincipal | CustomerPrincipal;

export function actorOf(principal: Principal): Actor {
  return { kind: principal.kind === 'staff' ? 'agent' : 'customer', id: principal.id };
}
