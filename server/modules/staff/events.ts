import type { Role } from '../../platform/http/principal.ts';

interface Change<V> {
  from: V;
  to: V;
}

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    /** The first admin exists: later modules make what a new desk starts with (`desk.firstInbox`). */
    'desk.set_up': { adminId: number };
    'staff.created': { staffId: number; role: Role; ticketScope: 'all' | 'teams'; active?: boolean };
    /** Which fields changed; with values only where they are rights. */
    'staff.changed': {
      staffId: number;
      fields: string[];
      role?: Change<Role>;
      ticketScope?: Change<'all' | 'teams'>;
    };
    'staff.disabled': { staffId: number };
    'staff.enabled': { staffId: number };
    'staff.password_changed': { staffId: number };
    'team.created': { teamId: number };
    'team.changed': { teamId: number; fields: string[] };
    'team.deleted': { teamId: number };
    'team.member_added': { teamId: number; staffId: number };
    'team.member_removed': { teamId: number; staffId: number };
  }
}
