import type { Desk } from '../../platform/desk.ts';
import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { makeFirstAdmin } from './first-admin.ts';
import { meRoutes } from './me-routes.ts';
import { policies } from './policy.ts';
import { reactions } from './reactions.ts';
import { hasAdmin, setupCode } from './set-up-desk.ts';
import { setupRoutes } from './setup-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { teamRoutes } from './team-routes.ts';

export const staffModule: DeskModule = {
  name: 'staff',
  policies,
  routes: [...setupRoutes, ...meRoutes, ...staffRoutes, ...teamRoutes],
  reactions,
  signals: {
    'desk.set_up': 'settings',
    'staff.changed': 'access',
    'staff.disabled': 'access',
    'staff.enabled': 'access',
    'staff.password_changed': 'access',
    'team.deleted': 'access',
    'team.member_added': 'access',
    'team.member_removed': 'access',
  },
  prepare: makeFirstAdmin,
  open: async (desk) => ({ doors: await setupDoor(desk), close: async () => undefined }),
};

async function setupDoor(desk: Desk): Promise<string[]> {
  if (await hasAdmin(desk.db)) return [];
  return [
    `Set-up:       ${desk.config.publicUrl}/setup   code from another machine: ${await setupCode(desk.db)}`,
  ];
}
