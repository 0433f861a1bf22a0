import { z } from 'zod';
import { invalid } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { type Membership, memberships } from '../staff/index.ts';
import { kindOfUser } from './find-people.ts';
import { requireGroup, requireUser } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { findGroupMembership, findMembershipOf, presentGroupMembership } from './read-memberships.ts';
import { notHere, readOnly } from './read-only.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, idParams, idsOf, subParams, wireRoute } from './wire-route.ts';

const membershipShape = z.strictObject({
  user_id: z.int().positive().optional(),
  group_id: z.int().positive(),
  default: z.boolean().optional(),
  ...readOnly('id', 'url', 'created_at', 'updated_at'),
  ...notHere('restricted'),
});

async function listMemberships(
  asking: Asking,
  wanted: { staffId?: number; teamId?: number },
): Promise<Record<string, unknown>> {
  const page = await readPage(asking.desk.db, memberships.listing(wanted), readPaging(asking.query));
  const found = await memberships.list(asking.desk.db, page.ids);
  return envelope(
    asking,
    'group_memberships',
    found.map((row) => presentGroupMembership(asking.base, row)),
    page,
  );
}

async function create(asking: Asking, userId: number | undefined, body: z.output<typeof membershipShape>) {
  if (userId === undefined) throw invalid({ user_id: 'required' });
  if ((await kindOfUser(asking.desk.db, userId)) !== 'staff') throw invalid({ user_id: 'is no agent' });
  const membership = { teamId: body.group_id, staffId: userId, isDefault: body.default };
  await asking.desk.run(actorOf(asking.who), (cx) => memberships.add(cx, membership));
  return show(asking, await findMembershipOf(asking.desk.db, body.group_id, userId));
}

const show = (asking: Asking, row: Membership) => ({
  group_membership: presentGroupMembership(asking.base, row),
});

async function remove(asking: Asking, id: number, userId?: number): Promise<void> {
  const row = await findGroupMembership(asking.desk.db, id);
  const membership = { teamId: row.team_id, staffId: userId ?? row.staff_id };
  await asking.desk.run(actorOf(asking.who), (cx) => memberships.remove(cx, membership));
}

const body = z.strictObject({ group_membership: membershipShape });

export const membershipRoutes = [
  wireRoute({
    method: 'GET',
    path: '/group_memberships',
    policy: 'wire.read',
    summary: 'Who is in which group',
    answer: (asking) => listMemberships(asking, {}),
  }),
  wireRoute({
    method: 'GET',
    path: '/group_memberships/assignable',
    policy: 'wire.read',
    summary: 'Memberships that tickets can be assigned by: all of them',
    answer: (asking) => listMemberships(asking, {}),
  }),
  wireRoute({
    method: 'POST',
    path: '/group_memberships',
    policy: 'wire.manage',
    summary: 'Put an agent into a group',
    body,
    answer: (asking, _params, { group_membership: one }) => create(asking, one.user_id, one),
  }),
  wireRoute({
    method: 'POST',
    path: '/group_memberships/create_many',
    policy: 'wire.manage',
    summary: 'Put agents into groups in a job',
    status: 200,
    body: z.strictObject({ group_memberships: z.array(z.unknown()).min(1) }),
    answer: (asking, _params, { group_memberships: items }) =>
      startJob(asking, { type: 'Bulk Create Group Membership', work: 'create_group_membership', items }),
  }),
  wireRoute({
    method: 'DELETE',
    path: '/group_memberships/destroy_many',
    policy: 'wire.manage',
    summary: 'Take agents out of groups in a job',
    status: 200,
    answer: (asking) => {
      const items = idsOf(asking.query).map((id) => ({ id }));
      return startJob(asking, {
        type: 'Bulk Delete Group Membership',
        work: 'delete_group_membership',
        items,
      });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/group_memberships/:id',
    policy: 'wire.read',
    summary: 'One membership',
    params: idParams,
    answer: async (asking, { id }) => show(asking, await findGroupMembership(asking.desk.db, id)),
  }),
  wireRoute({
    method: 'DELETE',
    path: '/group_memberships/:id',
    policy: 'wire.manage',
    summary: 'Take an agent out of a group',
    params: idParams,
    status: 204,
    answer: (asking, { id }) => remove(asking, id),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/group_memberships',
    policy: 'wire.read',
    summary: 'Memberships of an agent',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireUser(asking, id);
      return listMemberships(asking, { staffId: id });
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/users/:id/group_memberships',
    policy: 'wire.manage',
    summary: 'Put this agent into a group',
    params: idParams,
    body,
    answer: async (asking, { id }, { group_membership: one }) => {
      await requireUser(asking, id);
      return create(asking, id, one);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/group_memberships/:sub',
    policy: 'wire.read',
    summary: 'One membership of an agent',
    params: subParams,
    answer: async (asking, { id, sub }) => {
      const row = await findGroupMembership(asking.desk.db, sub);
      return show(
        asking,
        row.staff_id === id ? row : await findMembershipOf(asking.desk.db, row.team_id, id),
      );
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/users/:id/group_memberships/:sub',
    policy: 'wire.manage',
    summary: 'Take this agent out of a group',
    params: subParams,
    status: 204,
    answer: (asking, { id, sub }) => remove(asking, sub, id),
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id/group_memberships/:sub/make_default',
    policy: 'wire.manage',
    summary: "Make this the agent's default group",
    params: subParams,
    answer: async (asking, { id, sub }) => {
      const row = await findGroupMembership(asking.desk.db, sub);
      const membership = { teamId: row.team_id, staffId: id, isDefault: true };
      await findMembershipOf(asking.desk.db, row.team_id, id);
      await asking.desk.run(actorOf(asking.who), (cx) => memberships.add(cx, membership));
      return listMemberships(asking, { staffId: id });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/:id/memberships',
    policy: 'wire.read',
    summary: 'Memberships of a group',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireGroup(asking, id);
      return listMemberships(asking, { teamId: id });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/:id/memberships/assignable',
    policy: 'wire.read',
    summary: 'Memberships of a group that tickets can be assigned by',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireGroup(asking, id);
      return listMemberships(asking, { teamId: id });
    },
  }),
];
