import type { ConsoleModule } from './console-module.ts';
import { dashboardModule } from './modules/dashboard/module.ts';
import { inboxModule } from './modules/inbox/module.ts';
import { settingsModule } from './modules/settings/module.ts';

/** The console's floor plan, in the order of the rail; the first one is where signing in leads. */
export const consoleModules: readonly ConsoleModule[] = [inboxModule, dashboardModule, settingsModule];
