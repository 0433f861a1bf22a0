import { isAdmin, isAnybody, isStaff } from '../auth/index.ts';

/** What a command may be asked to do to is refused where it runs: making staff and deleting people is an admin's. */
export const policies = {
  'wire.me': isAnybody,
  'wire.read': isStaff,
  'wire.write': isStaff,
  'wire.manage': isAdmin,
};
