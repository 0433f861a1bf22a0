import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { ticketJobs } from './jobs.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';

export const ticketsModule: DeskModule = { name: 'tickets', policies, routes, jobs: ticketJobs };
