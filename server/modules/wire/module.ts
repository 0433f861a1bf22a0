import type { DeskModule } from '../../platform/module.ts';
import { belongingRoutes } from './belonging-routes.ts';
import { bulkTicketRoutes } from './bulk-ticket-routes.ts';
import { fieldRoutes } from './field-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { membershipRoutes } from './membership-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { policies } from './policy.ts';
import { runWireJob } from './run-wire-job.ts';
import { searchRoutes } from './search-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { userRoutes } from './user-routes.ts';
import { bulkKind } from './wire-jobs.ts';

export const wireModule: DeskModule = {
  name: 'wire',
  policies,
  routes: [
    ...ticketRoutes,
    ...bulkTicketRoutes,
    ...threadRoutes,
    ...userRoutes,
    ...identityRoutes,
    ...organizationRoutes,
    ...belongingRoutes,
    ...groupRoutes,
    ...membershipRoutes,
    ...fieldRoutes,
    ...searchRoutes,
    ...fileRoutes,
  ],
  jobs: { [bulkKind]: runWireJob },
};
