import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { customerRoutes } from './customer-routes.ts';
import { customerSessionRoutes } from './customer-session-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { policies } from './policy.ts';

export const customersModule: DeskModule = {
  name: 'customers',
  policies,
  signals: { 'customer.changed': 'access', 'customer.merged': 'access', 'customer.deleted': 'access' },
  routes: [...customerRoutes, ...identityRoutes, ...organizationRoutes, ...customerSessionRoutes],
};
