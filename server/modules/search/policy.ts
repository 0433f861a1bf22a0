import { isStaff } from '../auth/index.ts';

export const policies = {
  'ticket.search': isStaff,
};
