import type { DeskModule } from '../../platform/module.ts';
import { observeConsumer } from './observing/observe-events.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';

/** What the desk measures: observations from the log, figures from observations. */
export const metricsModule: DeskModule = {
  name: 'metrics',
  policies,
  routes,
  consumers: [observeConsumer],
};
