import { conflict, HttpError } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams, pageOf } from '../auth/contract.ts';
import { mailLinks, staffOf } from '../auth/index.ts';
import { changeStaff } from './change-staff.ts';
import { changeStaffBody, newStaffBody, staffQuery, staffShape } from './contract.ts';
import { createStaff } from './create-staff.ts';
import { getStaff, listStaff } from './queries.ts';

const path = '/api/desk/v1/staff';

export const staffRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'staff.read',
    summary: 'The staff, by id',
    query: staffQuery,
    response: pageOf(staffShape),
    handle: ({ desk, query }) => listStaff(desk.db, query),
  }),
  route({
    method: 'POST',
    path,
    policy: 'staff.manage',
    summary: 'Invite a staff member: a link to choose a password is mailed to them',
    body: newStaffBody,
    response: staffShape,
    handle: async ({ desk, principal, body }) => {
      const { staffId } = await desk.run(actorOf(staffOf(principal)), async (cx) => {
        const made = await createStaff(cx, body);
        await mailLinks.issue(cx, 'staff_password', made);
        return made;
      });
      return getStaff(desk.db, staffId);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'staff.read',
    summary: 'One staff member',
    params: idParams,
    response: staffShape,
    handle: ({ desk, params }) => getStaff(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'staff.manage',
    summary: 'Change a staff member; another role ends their sessions, `active: false` their tokens too',
    params: idParams,
    body: changeStaffBody,
    response: staffShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeStaff(cx, params.id, body));
      return getStaff(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id`,
    policy: 'staff.manage',
    summary: 'Disable a staff member; history keeps their name',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeStaff(cx, params.id, { active: false }));
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:id/password-link`,
    policy: 'staff.manage',
    summary: 'Mail a staff member a link to choose a password; it works once, for a day',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      const staff = await getStaff(desk.db, params.id);
      if (!staff.active) throw conflict('This account is disabled.', undefined, 'disabled');
      const linkId = await desk.run(actorOf(staffOf(principal)), (cx) =>
        mailLinks.issue(cx, 'staff_password', { staffId: staff.id }),
      );
      if (linkId === null)
        throw new HttpError(429, 'too_many_requests', 'Five links were mailed in the last hour.');
    },
  }),
];
