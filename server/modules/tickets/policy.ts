import type { Principal } from '../../platform/http/principal.ts';
import { isAdmin, isLead, isStaff } from '../auth/index.ts';

const isSignedIn = (principal: Principal | null): boolean => principal !== null;

/** Which tickets somebody may do it to is asked where the rows are read (`sight.ts`). */
export const policies = {
  'ticket.list': isSignedIn,
  'ticket.read': isSignedIn,
  'ticket.open': isSignedIn,
  'ticket.write': isSignedIn,
  'ticket.change': isStaff,
  'ticket.history': isStaff,
  'ticket.delete': isStaff,
  'draft.keep': isStaff,
  'viewer.keep': isStaff,
  'view.count': isSignedIn,
  'tag.list': isStaff,
  'field.list': isStaff,
  'field.manage': isAdmin,
  'file.upload': isSignedIn,
  'file.read': isSignedIn,
  'event.read': isStaff,
  'stream.read': isSignedIn,
  'message.redact': isLead,
  'history.import': isAdmin,
};
