import { forbidden } from '../../platform/http/errors.ts';
import type { Principal, Role, StaffPrincipal } from '../../platform/http/principal.ts';

const ranks: Record<Role, number> = { agent: 1, lead: 2, manager: 3, admin: 4 };

export const isAnybody = (_principal: Principal | null): boolean => true;

export const isCustomer = (principal: Principal | null): boolean => principal?.kind === 'customer';

/** Staff of any role; also tells the type, so that a route may go on with `principal.role`. */
export const isStaff = (principal: Principal | null): principal is StaffPrincipal =>
  principal?.kind === 'staff';

export const isLead = (principal: Principal | null): boolean => hasRank(principal, 'lead');

export const isManager = (principal: Principal | null): boolean => hasRank(principal, 'manager');

/** An API token also needs the scope `admin`; a session has every scope. */
export const isAdmin = (principal: Principal | null): boolean =>
  hasRank(principal, 'admin') && principal?.scopes.includes('admin') === true;

/** The staff member that the route's policy let in. */
export function staffOf(principal: Principal | null): StaffPrincipal {
  if (!isStaff(principal)) throw forbidden();
  return principal;
}

function hasRank(principal: Principal | null, role: Role): boolean {
  return isStaff(principal) && ranks[principal.role] >= ranks[role];
}

export const policies = {
  'session.start': isAnybody,
  'session.end': isAnybody,
  'token.own': isStaff,
  'audit.read': isAdmin,
  'settings.read': isStaff,
  'settings.change': isAdmin,
};
