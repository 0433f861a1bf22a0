import type { Policy } from '../../platform/http/route.ts';
import { isAdmin, isStaff } from '../auth/index.ts';

/** Mail that belongs to no ticket yet belongs to no team either: only who sees every ticket sees it. */
const seesAllMail: Policy = (principal) => principal?.kind === 'staff' && principal.ticketScope === 'all';

export const policies: Record<string, Policy> = {
  'inbox.list': isStaff,
  'inbox.change': isAdmin,
  'mail.doors': isAdmin,
  'mail.read': seesAllMail,
  'mail.decide': seesAllMail,
  'outbox.read': seesAllMail,
  'outbox.retry': seesAllMail,
  'delivery.retry': isStaff,
  'delivery.withdraw': isStaff,
};
