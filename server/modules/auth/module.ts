import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { authenticate } from './authenticate.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';
import { ensureDeskSecret } from './tokens.ts';

export const authModule: DeskModule = {
  name: 'auth',
  policies,
  routes,
  authenticate,
  prepare: (desk) => ensureDeskSecret(desk.db),
};
