import { z } from 'zod';
import { actorOf } from '../../platform/http/principal.ts';
import { nameShape } from '../auth/contract.ts';
import { changeTeam, createTeam, deleteTeam, type TeamsWanted, teamReads } from '../staff/index.ts';
import { requireGroup, requireUser } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { presentGroup } from './present-people.ts';
import { notHere, readOnly } from './read-only.ts';
import { type Asking, idParams, wireRoute } from './wire-route.ts';

const groupShape = z.strictObject({
  name: nameShape.optional(),
  description: z.string().max(2000).nullable().optional(),
  ...readOnly('id', 'url', 'created_at', 'updated_at', 'deleted', 'is_public', 'result_type'),
  ...notHere('default'),
});

async function listGroups(asking: Asking, wanted: TeamsWanted): Promise<Record<string, unknown>> {
  const page = await readPage(asking.desk.db, teamReads.listing(wanted), readPaging(asking.query));
  const groups = await teamReads.list(asking.desk.db, page.ids);
  return envelope(
    asking,
    'groups',
    groups.map((row) => presentGroup(asking.base, row)),
    page,
  );
}

async function showGroup(asking: Asking, id: number) {
  return { group: presentGroup(asking.base, await requireGroup(asking, id)) };
}

async function count(asking: Asking, wanted: TeamsWanted) {
  const value = await teamReads.count(asking.desk.db, wanted);
  return { count: { value, refreshed_at: new Date().toISOString() } };
}

export const groupRoutes = [
  wireRoute({
    method: 'GET',
    path: '/groups',
    policy: 'wire.read',
    summary: 'Groups: the teams of the desk',
    answer: (asking) => listGroups(asking, {}),
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/assignable',
    policy: 'wire.read',
    summary: 'Groups that tickets can be given to: all of them',
    answer: (asking) => listGroups(asking, {}),
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/count',
    policy: 'wire.read',
    summary: 'How many groups there are',
    answer: (asking) => count(asking, {}),
  }),
  wireRoute({
    method: 'POST',
    path: '/groups',
    policy: 'wire.manage',
    summary: 'Create a group',
    body: z.strictObject({ group: groupShape.extend({ name: nameShape }) }),
    answer: async (asking, _params, { group }) => {
      const team = { name: group.name, description: group.description ?? undefined };
      const { teamId } = await asking.desk.run(actorOf(asking.who), (cx) => createTeam(cx, team));
      return showGroup(asking, teamId);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/:id',
    policy: 'wire.read',
    summary: 'One group',
    params: idParams,
    answer: (asking, { id }) => showGroup(asking, id),
  }),
  wireRoute({
    method: 'PUT',
    path: '/groups/:id',
    policy: 'wire.manage',
    summary: 'Change a group',
    params: idParams,
    body: z.strictObject({ group: groupShape }),
    answer: async (asking, { id }, { group }) => {
      const team = { name: group.name, description: group.description ?? undefined };
      await asking.desk.run(actorOf(asking.who), (cx) => changeTeam(cx, id, team));
      return showGroup(asking, id);
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/groups/:id',
    policy: 'wire.manage',
    summary: 'Delete a group',
    params: idParams,
    status: 204,
    answer: (asking, { id }) => asking.desk.run(actorOf(asking.who), (cx) => deleteTeam(cx, id)),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/groups',
    policy: 'wire.read',
    summary: 'Groups of an agent',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireUser(asking, id);
      return listGroups(asking, { staffId: id });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/groups/count',
    policy: 'wire.read',
    summary: 'How many groups an agent is in',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireUser(asking, id);
      return count(asking, { staffId: id });
    },
  }),
];
