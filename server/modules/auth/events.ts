import type { Scope } from '../../platform/http/principal.ts';

export type SessionEnd =
  | 'signed_out'
  | 'replaced'
  | 'password_changed'
  | 'rights_changed'
  | 'disabled'
  | 'suspended';

/** Who a session or a link is for: exactly one of the two is a number. */
interface Holder {
  staffId: number | null;
  customerId: number | null;
}

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    'session.started': Holder & { credentialId: string };
    'session.ended': Holder & { credentialId: string; reason: SessionEnd };
    /** A wrong password; `staffId` is null when there is no such account. */
    'sign_in.refused': { staffId: number | null };
    'token.created': { tokenId: number; staffId: number; scopes: Scope[] };
    'token.revoked': { tokenId: number; staffId: number };
    'mail_link.issued': Holder & { linkId: number; purpose: 'customer_sign_in' | 'staff_password' };
    'mail_link.used': Holder & { linkId: number; purpose: 'customer_sign_in' | 'staff_password' };
  }
}
