import { isManager, isStaff } from '../auth/index.ts';

export const policies = {
  'schedule.read': isStaff,
  'schedule.manage': isManager,
  'business_time.ask': isStaff,
};
