import { isAdmin, isAnybody, isStaff } from '../auth/index.ts';

export const policies = {
  'setup.read': isAnybody,
  'setup.do': isAnybody,
  'me.read': isStaff,
  'me.change': isStaff,
  'password.choose': isAnybody,
  'staff.read': isStaff,
  'staff.manage': isAdmin,
  'team.read': isStaff,
  'team.manage': isAdmin,
};
