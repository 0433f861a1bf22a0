import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { runCheck } from './check-clocks.ts';
import { policies } from './policy.ts';
import { reactions } from './reactions.ts';
import { rescheduleKind, runReschedule } from './reschedule-clocks.ts';
import { routes } from './routes.ts';
import { checkKind } from './settle-clocks.ts';

export const slaModule: DeskModule = {
  name: 'sla',
  policies,
  routes,
  reactions,
  jobs: { [checkKind]: runCheck, [rescheduleKind]: runReschedule },
};
