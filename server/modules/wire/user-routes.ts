import { z } from 'zod';
import { join, type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { organizations } from '../customers/index.ts';
import { memberships, teamReads } from '../staff/index.ts';
import { requireGroup, requireOrganization } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import {
  anonymousUser,
  presentGroup,
  presentOrganization,
  presentUser,
  type UserRow,
} from './present-people.ts';
import { listUserRows } from './read-people.ts';
import { newUserShape, userShape } from './user-body.ts';
import { userCondition } from './user-condition.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, baseOf, idParams, idsOf, includesOf, listOf, textOf, wireRoute } from './wire-route.ts';
import { againWhenTaken } from './work.ts';
import { createOrUpdateUser, createUser, removeUser, updateUser } from './write-user.ts';

const userSorts = { created_at: sql`wire_users.created_at`, updated_at: sql`wire_users.updated_at` };

async function listUsers(asking: Asking, conditions: Sql[]): Promise<Record<string, unknown>> {
  const { desk, base, query } = asking;
  const role = [query.role, query['role[]']].flat().filter((one) => one !== undefined);
  const all = [
    ...conditions,
    ...(role.length > 0 ? [sql`(${join(role.map(userCondition.role), ' or ')})`] : []),
  ];
  const listing = {
    rows: sql`from wire_users where ${join(all, ' and ')}`,
    id: sql`wire_users.id`,
    sorts: userSorts,
  };
  const page = await readPage(desk.db, listing, readPaging(query));
  const rows = await listUserRows(desk.db, page.ids);
  const users = rows.map((row) => presentUser(base, row));
  return { ...envelope(asking, 'users', users, page), ...(await userSideloads(asking, rows)) };
}

async function userSideloads(asking: Asking, rows: UserRow[]): Promise<Record<string, unknown>> {
  const { db } = asking.desk;
  const includes = includesOf(asking.query);
  const beside: Record<string, unknown> = {};
  const ids = (key: 'organization_id' | 'default_group_id') => [
    ...new Set(rows.flatMap((row) => row[key] ?? [])),
  ];
  if (includes.has('organizations')) {
    const found = await organizations.list(db, ids('organization_id'));
    beside.organizations = found.map((row) => presentOrganization(asking.base, row));
  }
  if (includes.has('groups')) {
    beside.groups = (await teamReads.list(db, ids('default_group_id'))).map((row) =>
      presentGroup(asking.base, row),
    );
  }
  return beside;
}

/** @throws 404 */
export async function getUserRow(asking: Pick<Asking, 'desk'>, id: number): Promise<UserRow> {
  const [row] = await listUserRows(asking.desk.db, [id]);
  if (!row) throw notFound('This user');
  return row;
}

async function showUser(asking: Asking, id: number): Promise<Record<string, unknown>> {
  const row = await getUserRow(asking, id);
  return { user: presentUser(asking.base, row), ...(await userSideloads(asking, [row])) };
}

const oneUser = z.strictObject({ user: userShape });
const manyUsers = z.strictObject({ users: z.array(z.unknown()).min(1) });

const me = route({
  method: 'GET',
  path: '/api/v2/users/me',
  policy: 'wire.me',
  summary: 'Who asks; without credentials the anonymous user',
  dialect: 'wire',
  async handle({ desk, principal, http }) {
    if (!principal) return { user: anonymousUser };
    return { user: presentUser(baseOf(desk, http), await getUserRow({ desk }, principal.id)) };
  },
});

/** `?ids=` or `?external_ids=`. */
async function namedUsers({ desk, query }: Asking): Promise<{ id: number }[]> {
  const externals = listOf(query, 'external_ids');
  if (externals.length === 0) return idsOf(query).map((id) => ({ id }));
  return desk.db.all(
    sql`select id from wire_users where active and external_id = any(${externals}::text[]) order by id`,
  );
}

function bulkRoute(method: 'POST' | 'PUT', path: string, work: string, type: string, summary: string) {
  return wireRoute({
    method,
    path,
    policy: 'wire.write',
    summary,
    status: 200,
    body: manyUsers,
    answer: (asking, _params, { users }) => startJob(asking, { type, work, items: users }),
  });
}

export const userRoutes = [
  me,
  wireRoute({
    method: 'GET',
    path: '/users',
    policy: 'wire.read',
    summary: 'Staff and customers, a page at a time',
    answer: (asking) => listUsers(asking, [sql`active`]),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/count',
    policy: 'wire.read',
    summary: 'How many users there are',
    answer: async ({ desk }) => {
      const { value } = await desk.db.one<{ value: number }>(
        sql`select count(*) as value from wire_users where active`,
      );
      return { count: { value, refreshed_at: new Date().toISOString() } };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/search',
    policy: 'wire.read',
    summary: 'Users by name, address, phone or external id',
    answer: (asking) => {
      const external = textOf(asking.query, 'external_id');
      const conditions = external
        ? [sql`external_id = ${external}`]
        : userCondition.words(textOf(asking.query, 'query') ?? '');
      return listUsers(asking, [sql`active`, ...conditions]);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/autocomplete',
    policy: 'wire.read',
    summary: 'Users whose name begins like this',
    answer: (asking) =>
      listUsers(asking, [sql`active`, userCondition.begins(textOf(asking.query, 'name') ?? '')]),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/show_many',
    policy: 'wire.read',
    summary: 'Up to 100 users by id or external id',
    answer: (asking) => {
      const externals = listOf(asking.query, 'external_ids');
      const ids = idsOf(asking.query);
      return listUsers(asking, [
        externals.length > 0 ? sql`external_id = any(${externals}::text[])` : sql`id = any(${ids}::bigint[])`,
      ]);
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/users',
    policy: 'wire.write',
    summary: 'Create an end user; an admin also agents',
    body: z.strictObject({ user: newUserShape }),
    answer: async (asking, _params, { user }) =>
      showUser(asking, await asking.desk.run(actorOf(asking.who), (cx) => createUser(cx, asking.who, user))),
  }),
  wireRoute({
    method: 'POST',
    path: '/users/create_or_update',
    policy: 'wire.write',
    summary: 'Create a user, or change the one with this external id or address',
    status: 200,
    body: z.strictObject({ user: newUserShape }),
    answer: async (asking, _params, { user }) => {
      const { id } = await againWhenTaken(() =>
        asking.desk.run(actorOf(asking.who), (cx) => createOrUpdateUser(cx, asking.who, user)),
      );
      return showUser(asking, id);
    },
  }),
  bulkRoute(
    'POST',
    '/users/create_many',
    'create_user',
    'Bulk Create User',
    'Create up to 100 users in a job',
  ),
  bulkRoute(
    'POST',
    '/users/create_or_update_many',
    'create_or_update_user',
    'Bulk Create Or Update User',
    'Create or change up to 100 users in a job',
  ),
  wireRoute({
    method: 'PUT',
    path: '/users/update_many',
    policy: 'wire.write',
    summary: 'Change up to 100 users in a job',
    body: z.strictObject({ user: z.unknown().optional(), users: z.array(z.unknown()).optional() }),
    answer: async (asking, _params, { user, users }) => {
      const items = users ?? (await namedUsers(asking)).map(({ id }) => ({ ...(user as object), id }));
      return startJob(asking, { type: 'Bulk Update User', work: 'update_user', items });
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/users/destroy_many',
    policy: 'wire.manage',
    summary: 'Delete up to 100 users in a job',
    status: 200,
    answer: async (asking) =>
      startJob(asking, { type: 'Bulk Delete User', work: 'delete_user', items: await namedUsers(asking) }),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id',
    policy: 'wire.read',
    summary: 'One user',
    params: idParams,
    answer: (asking, { id }) => showUser(asking, id),
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id',
    policy: 'wire.write',
    summary: 'Change a user',
    params: idParams,
    body: oneUser,
    answer: async (asking, { id }, { user }) => {
      await asking.desk.run(actorOf(asking.who), (cx) => updateUser(cx, asking.who, id, user));
      if (user.suspended || user.role) asking.desk.signals.tell('access');
      return showUser(asking, id);
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/users/:id',
    policy: 'wire.manage',
    summary: 'Delete a customer, or disable an agent',
    params: idParams,
    status: 204,
    answer: async (asking, { id }) => {
      await asking.desk.run(actorOf(asking.who), (cx) => removeUser(cx, asking.who, id));
      asking.desk.signals.tell('access');
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/groups/:id/users',
    policy: 'wire.read',
    summary: 'Members of a group',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireGroup(asking, id);
      return listUsers(asking, [sql`active`, sql`wire_users.id in ${memberships.membersOf(id)}`]);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id/users',
    policy: 'wire.read',
    summary: 'Customers of an organization',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireOrganization(asking, id);
      return listUsers(asking, [sql`active`, sql`organization_id = ${id}`]);
    },
  }),
];
