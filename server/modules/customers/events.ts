export type IdentityKind = 'email' | 'phone' | 'social' | 'external';

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    'customer.created': { customerId: number; organizationId: number | null };
    /** Which fields changed; with values only for what figures count by. */
    'customer.changed': {
      customerId: number;
      fields: string[];
      organizationId?: { from: number | null; to: number | null };
      suspended?: { from: boolean; to: boolean };
    };
    /** `customerId` is no more; everything of theirs is `into`'s. */
    'customer.merged': { customerId: number; into: number };
    'customer.deleted': { customerId: number };
    'customer.identity_added': { customerId: number; identityId: number; kind: IdentityKind };
    'customer.identity_changed': { customerId: number; identityId: number; fields: string[] };
    'customer.identity_removed': { customerId: number; identityId: number; kind: IdentityKind };
    'organization.created': { organizationId: number };
    'organization.changed': { organizationId: number; fields: string[] };
    'organization.deleted': { organizationId: number };
  }
}
