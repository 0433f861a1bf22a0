import { isAdmin, isAnybody, isCustomer, isStaff } from '../auth/index.ts';

export const policies = {
  'customer.read': isStaff,
  'customer.change': isStaff,
  'customer.delete': isAdmin,
  'organization.read': isStaff,
  'organization.change': isStaff,
  'organization.delete': isAdmin,
  'customer_session.start': isAnybody,
  'customer_session.read': isCustomer,
};
