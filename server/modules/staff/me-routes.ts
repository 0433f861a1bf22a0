import { system } from '../../platform/events/event-map.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { access, staffOf } from '../auth/index.ts';
import { changePassword, choosePassword } from './change-password.ts';
import { changeStaff } from './change-staff.ts';
import { changeMeBody, changePasswordBody, choosePasswordBody, meShape } from './contract.ts';
import { readPasswordHash } from './queries.ts';
import { readMe } from './read-me.ts';

const at = '/api/desk/v1';

export const meRoutes = [
  route({
    method: 'GET',
    path: `${at}/me`,
    policy: 'me.read',
    summary: 'Who is signed in, with role, teams and preferences, and at which desk',
    response: meShape,
    handle: ({ desk, principal }) => readMe(desk.db, staffOf(principal).id),
  }),
  route({
    method: 'PATCH',
    path: `${at}/me`,
    policy: 'me.change',
    summary: 'Change your own language, time zone, signature and preferences',
    body: changeMeBody,
    response: meShape,
    handle: async ({ desk, principal, body }) => {
      const { id } = staffOf(principal);
      await desk.run(actorOf(staffOf(principal)), (cx) => changeStaff(cx, id, body));
      return readMe(desk.db, id);
    },
  }),
  route({
    method: 'PUT',
    path: `${at}/me/password`,
    unrepeatable: true,
    policy: 'me.change',
    summary: 'Change your password; every other session of yours ends',
    body: changePasswordBody,
    status: 204,
    limit: 20,
    handle: async ({ desk, principal, body }) => {
      const { id: staffId, credentialId } = staffOf(principal);
      if (!(await access.verifyPassword(await readPasswordHash(desk.db, staffId), body.current))) {
        throw new HttpError(422, 'invalid', 'The current password is another one.', {
          fields: { current: 'wrong_credentials' },
        });
      }
      access.refuseCommonPassword(body.new, 'new');
      const passwordHash = await access.hashPassword(body.new);
      await desk.run(actorOf(staffOf(principal)), (cx) =>
        changePassword(cx, { staffId, passwordHash, except: credentialId }),
      );
    },
  }),
  route({
    method: 'POST',
    path: `${at}/password`,
    unrepeatable: true,
    policy: 'password.choose',
    summary: 'Choose a password by the link from the mail',
    body: choosePasswordBody,
    status: 204,
    limit: 60,
    handle: async ({ desk, body: { token, new: password } }) => {
      access.refuseCommonPassword(password, 'new');
      const passwordHash = await access.hashPassword(password);
      await desk.run(system, (cx) => choosePassword(cx, { token, passwordHash }));
    },
  }),
];
