import { isManager, isStaff } from '../auth/index.ts';

export const policies = {
  'sla_policy.read': isStaff,
  'sla_policy.manage': isManager,
  'sla_policy.preview': isStaff,
  'ticket.sla': isStaff,
};
