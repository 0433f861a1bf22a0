import type { Policy } from '../../platform/http/route.ts';
import { isStaff } from '../auth/index.ts';

/** Desk figures are for every staff member; whose single figures one may see is asked in `figure-request.ts`. */
export const policies: Record<string, Policy> = {
  'kpi.list': isStaff,
  'kpi.read': isStaff,
  'kpi.calculate': isStaff,
};
