import { system } from '../../platform/events/event-map.ts';
import { conflict } from '../../platform/http/errors.ts';
import { route } from '../../platform/http/route.ts';
import { access } from '../auth/index.ts';
import { meShape, setupBody, setupStateShape } from './contract.ts';
import { readMe } from './read-me.ts';
import { hasAdmin, setUpDesk } from './set-up-desk.ts';
import { checkSetupCode, needsSetupCode } from './setup-door.ts';

const path = '/api/desk/v1/setup';

export const setupRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'setup.read',
    summary: 'Does this desk still need its first admin, and does the set-up ask for the printed code?',
    response: setupStateShape,
    handle: async ({ desk, http }) => ({
      needed: !(await hasAdmin(desk.db)),
      codeRequired: needsSetupCode(desk, http),
    }),
  }),
  route({
    method: 'POST',
    path,
    policy: 'setup.do',
    unrepeatable: true,
    summary: 'Make the first admin, name the desk and its first inbox, and sign in; works once',
    limit: 60,
    body: setupBody,
    response: meShape,
    handle: async ({ desk, http, reply, body }) => {
      if (await hasAdmin(desk.db))
        throw conflict('This desk has an admin already; sign in.', undefined, 'already_set_up');
      await checkSetupCode(desk, http, body.code);
      const { deskName, timeZone, locale, inbox } = body;
      const { name, email, password } = body.admin;
      access.refuseCommonPassword(password, 'admin.password');
      const passwordHash = await access.hashPassword(password);
      const admin = { name, email, passwordHash };
      const { adminId } = await desk.run(system, (cx) =>
        setUpDesk(cx, { deskName, timeZone, locale, inbox, admin }),
      );
      await access.openSession({ desk, http, reply }, adminId, passwordHash);
      return readMe(desk.db, adminId);
    },
  }),
];
