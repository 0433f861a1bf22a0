import { authModule } from './modules/auth/module.ts';
import { channelsModule } from './modules/channels/module.ts';
import { customersModule } from './modules/customers/module.ts';
import { metricsModule } from './modules/metrics/module.ts';
import { schedulesModule } from './modules/schedules/module.ts';
import { searchModule } from './modules/search/module.ts';
import { slaModule } from './modules/sla/module.ts';
import { staffModule } from './modules/staff/module.ts';
import { ticketsModule } from './modules/tickets/module.ts';
import { wireModule } from './modules/wire/module.ts';
import type { DeskModule } from './platform/module.ts';
import { operationsModule } from './platform/operations.ts';

/** The floor plan: every module, in building order. A module may enter only those above it. */
export const modules: DeskModule[] = [
  operationsModule,
  authModule,
  schedulesModule,
  staffModule,
  customersModule,
  ticketsModule,
  channelsModule,
  slaModule,
  searchModule,
  metricsModule,
  wireModule,
];
