import type { DeskModule } from '../../platform/module.ts';
import { readSetting } from '../../platform/settings.ts';
import './events.ts';
import { authenticate } from './authenticate.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';
import { deskSettings } from './settings.ts';
import { ensureDeskSecret } from './tokens.ts';

export const authModule: DeskModule = {
  name: 'auth',
  policies,
  routes,
  authenticate,
  deskName: (desk) => readSetting(desk.db, deskSettings.name),
  signals: { 'session.ended': 'access', 'token.revoked': 'access', 'setting.changed': 'settings' },
  prepare: (desk) => ensureDeskSecret(desk.db),
};
