import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { ticketJobs } from './jobs.ts';
import { rememberStaffNames } from './names.ts';
import { policies } from './policy.ts';
import { reactions } from './reactions.ts';
import { routes } from './routes.ts';

export const ticketsModule: DeskModule = {
  name: 'tickets',
  policies,
  routes,
  reactions,
  jobs: ticketJobs,
  prepare: async (desk) => rememberStaffNames(desk),
};
