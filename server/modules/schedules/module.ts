import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { followScheduleChanges } from './history-cache.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';

export const schedulesModule: DeskModule = {
  name: 'schedules',
  policies,
  routes,
  signals: {
    'schedule.created': 'settings',
    'schedule.changed': 'settings',
    'schedule.deleted': 'settings',
  },
  prepare: followScheduleChanges,
};
