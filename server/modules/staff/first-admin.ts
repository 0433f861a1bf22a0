import type { Desk } from '../../platform/desk.ts';
import { system } from '../../platform/events/event-map.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { access } from '../auth/index.ts';
import { hasAdmin, setUpDesk } from './set-up-desk.ts';

/** The environment's admin and API token, made when the desk has no admin; afterwards the environment is not asked. */
export async function makeFirstAdmin(desk: Desk): Promise<void> {
  const { admin, timeZone, inboxAddress } = desk.config;
  if (!admin || (await hasAdmin(desk.db))) return;
  const passwordHash = await access.hashPassword(admin.password);
  try {
    await desk.run(system, async (cx) => {
      const { adminId } = await setUpDesk(cx, {
        timeZone,
        admin: { name: admin.email.split('@')[0] || 'Admin', email: admin.email, passwordHash },
        inbox: { name: 'Support', address: inboxAddress },
      });
      if (!admin.apiToken) return;
      await access.createApiToken(cx, {
        staffId: adminId,
        name: 'FIRSTLINE_API_TOKEN',
        scopes: ['read', 'write', 'admin'],
        token: admin.apiToken,
      });
    });
  } catch (error) {
    // Another process of this desk was quicker; its admin is the same one.
    if (!(error instanceof HttpError && error.code === 'already_set_up')) throw error;
  }
}
