import { authModule } from './modules/auth/module.ts';
import { staffModule } from './modules/staff/module.ts';
import type { DeskModule } from './platform/module.ts';

/** The floor plan: every module, in building order. A module may enter only those above it. */
export const modules: DeskModule[] = [authModule, staffModule];
