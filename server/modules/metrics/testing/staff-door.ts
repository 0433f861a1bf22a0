import type { StaffPrincipal } from '../../../platform/http/principal.ts';
import type { DeskModule } from '../../../platform/module.ts';

/** Lets everybody in as one staff member: for tests of figures, not of sign-in. */
export function staffDoor(about: Partial<StaffPrincipal> = {}): DeskModule {
  const principal: StaffPrincipal = {
    kind: 'staff',
    id: 1,
    role: 'manager',
    teamIds: [],
    ticketScope: 'all',
    locale: 'en',
    via: 'token',
    scopes: ['read', 'write', 'admin'],
    credentialId: 'test',
    ...about,
  };
  return { name: 'staff-door', authenticate: async () => principal };
}
