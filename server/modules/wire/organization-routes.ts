import { z } from 'zod';
import { join, type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { organizations as ours } from '../customers/index.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { type OrganizationRow, presentOrganization } from './present-people.ts';
import { listOrganizationRows } from './read-people.ts';
import { tagsShape } from './ticket-body.ts';
import { getUserRow } from './user-routes.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, idParams, idsOf, listOf, textOf, wireRoute } from './wire-route.ts';
import {
  createOrUpdateOrganization,
  createWireOrganization,
  organizationShape,
  updateWireOrganization,
} from './write-organization.ts';

const sorts = { created_at: sql`created_at`, updated_at: sql`updated_at` };

async function listOrganizations(asking: Asking, condition: Sql): Promise<Record<string, unknown>> {
  const rows = sql`from organizations where ${join([sql`deleted_at is null`, condition], ' and ')}`;
  const page = await readPage(
    asking.desk.db,
    { rows, id: sql`organizations.id`, sorts },
    readPaging(asking.query),
  );
  const organizations = await listOrganizationRows(asking.desk.db, page.ids);
  return envelope(
    asking,
    'organizations',
    organizations.map((row) => presentOrganization(asking.base, row)),
    page,
  );
}

/** @throws 404 */
async function getOrganizationRow(asking: Asking, id: number): Promise<OrganizationRow> {
  const [row] = await listOrganizationRows(asking.desk.db, [id]);
  if (!row) throw notFound('This organization');
  return row;
}

async function showOrganization(asking: Asking, id: number) {
  return { organization: presentOrganization(asking.base, await getOrganizationRow(asking, id)) };
}

async function count(asking: Asking, condition: Sql) {
  const { value } = await asking.desk.db.one<{ value: number }>(
    sql`select count(*) as value from organizations where deleted_at is null and ${condition}`,
  );
  return { count: { value, refreshed_at: new Date().toISOString() } };
}

const ofUser = (id: number): Sql => sql`id in (select organization_id from customers where id = ${id})`;
const named = (text: string): string => `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
const oneOrganization = z.strictObject({ organization: organizationShape });

export const organizationRoutes = [
  wireRoute({
    method: 'GET',
    path: '/organizations',
    policy: 'wire.read',
    summary: 'Organizations, a page at a time',
    answer: (asking) => listOrganizations(asking, sql`true`),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/count',
    policy: 'wire.read',
    summary: 'How many organizations there are',
    answer: (asking) => count(asking, sql`true`),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/show_many',
    policy: 'wire.read',
    summary: 'Up to 100 organizations by id or external id',
    answer: (asking) => {
      const externals = listOf(asking.query, 'external_ids');
      return listOrganizations(
        asking,
        externals.length > 0
          ? sql`external_id = any(${externals}::text[])`
          : sql`id = any(${idsOf(asking.query)}::bigint[])`,
      );
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/search',
    policy: 'wire.read',
    summary: 'Organizations by external id or name',
    answer: (asking) => {
      const external = textOf(asking.query, 'external_id');
      const name = textOf(asking.query, 'name') ?? '';
      return listOrganizations(
        asking,
        external ? sql`external_id = ${external}` : sql`lower(name) = lower(${name})`,
      );
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/autocomplete',
    policy: 'wire.read',
    summary: 'Organizations whose name begins like this',
    answer: (asking) =>
      listOrganizations(asking, sql`lower(name) like ${named(textOf(asking.query, 'name') ?? '')}`),
  }),
  wireRoute({
    method: 'POST',
    path: '/organizations',
    policy: 'wire.write',
    summary: 'Create an organization',
    body: oneOrganization,
    answer: async (asking, _params, { organization }) =>
      showOrganization(
        asking,
        await asking.desk.run(actorOf(asking.who), (cx) => createWireOrganization(cx, organization)),
      ),
  }),
  wireRoute({
    method: 'POST',
    path: '/organizations/create_or_update',
    policy: 'wire.write',
    summary: 'Create an organization, or change the one with this id, external id or name',
    status: 200,
    body: oneOrganization,
    answer: async (asking, _params, { organization }) => {
      const { id } = await asking.desk.run(actorOf(asking.who), (cx) =>
        createOrUpdateOrganization(cx, organization),
      );
      return showOrganization(asking, id);
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/organizations/create_many',
    policy: 'wire.write',
    summary: 'Create up to 100 organizations in a job',
    status: 200,
    body: z.strictObject({ organizations: z.array(z.unknown()).min(1).max(100) }),
    answer: (asking, _params, { organizations }) =>
      startJob(asking, {
        type: 'Bulk Create Organization',
        work: 'create_organization',
        items: organizations,
      }),
  }),
  wireRoute({
    method: 'PUT',
    path: '/organizations/update_many',
    policy: 'wire.write',
    summary: 'Change up to 100 organizations in a job',
    body: z.strictObject({
      organization: z.unknown().optional(),
      organizations: z.array(z.unknown()).max(100).optional(),
    }),
    answer: (asking, _params, { organization, organizations }) => {
      const items = organizations ?? idsOf(asking.query).map((id) => ({ ...(organization as object), id }));
      return startJob(asking, { type: 'Bulk Update Organization', work: 'update_organization', items });
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/organizations/destroy_many',
    policy: 'wire.manage',
    summary: 'Delete up to 100 organizations in a job',
    status: 200,
    answer: async (asking) => {
      const externals = listOf(asking.query, 'external_ids');
      const rows = await asking.desk.db.all<{ id: number }>(
        sql`select id from organizations where deleted_at is null and external_id = any(${externals}::text[])`,
      );
      const items = externals.length > 0 ? rows : idsOf(asking.query).map((id) => ({ id }));
      return startJob(asking, { type: 'Bulk Delete Organization', work: 'delete_organization', items });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id',
    policy: 'wire.read',
    summary: 'One organization',
    params: idParams,
    answer: (asking, { id }) => showOrganization(asking, id),
  }),
  wireRoute({
    method: 'PUT',
    path: '/organizations/:id',
    policy: 'wire.write',
    summary: 'Change an organization',
    params: idParams,
    body: oneOrganization,
    answer: async (asking, { id }, { organization }) => {
      await asking.desk.run(actorOf(asking.who), (cx) => updateWireOrganization(cx, id, organization));
      return showOrganization(asking, id);
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/organizations/:id',
    policy: 'wire.manage',
    summary: 'Delete an organization; its customers stay',
    params: idParams,
    status: 204,
    answer: (asking, { id }) => asking.desk.run(actorOf(asking.who), (cx) => ours.delete(cx, id)),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id/related',
    policy: 'wire.read',
    summary: 'How many tickets and users an organization has',
    params: idParams,
    answer: async (asking, { id }) => {
      await getOrganizationRow(asking, id);
      const related = await asking.desk.db.one(sql`select
        (select count(*) from tickets where organization_id = ${id} and shown) as tickets_count,
        (select count(*) from customers where organization_id = ${id} and deleted_at is null) as users_count`);
      return { organization_related: related };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organizations',
    policy: 'wire.read',
    summary: 'The organization of a user',
    params: idParams,
    answer: async (asking, { id }) => listOrganizations(asking, ofUser((await getUserRow(asking, id)).id)),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organizations/count',
    policy: 'wire.read',
    summary: 'How many organizations a user has',
    params: idParams,
    answer: async (asking, { id }) => count(asking, ofUser((await getUserRow(asking, id)).id)),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id/tags',
    policy: 'wire.read',
    summary: 'The tags of an organization',
    params: idParams,
    answer: async (asking, { id }) => ({ tags: (await getOrganizationRow(asking, id)).tags }),
  }),
  ...(['POST', 'PUT', 'DELETE'] as const).map((method) =>
    wireRoute({
      method,
      path: '/organizations/:id/tags',
      policy: 'wire.write',
      summary: {
        POST: 'Set the tags of an organization',
        PUT: 'Add tags to an organization',
        DELETE: 'Take tags from an organization',
      }[method],
      params: idParams,
      status: 200,
      body: z.strictObject({ tags: tagsShape }),
      answer: async (asking, { id }, { tags }) => {
        const before = (await getOrganizationRow(asking, id)).tags;
        const after =
          method === 'POST'
            ? tags
            : method === 'PUT'
              ? [...before, ...tags]
              : before.filter((tag) => !tags.includes(tag));
        await asking.desk.run(actorOf(asking.who), (cx) =>
          ours.change(cx, id, { tags: [...new Set(after)] }),
        );
        return { tags: (await getOrganizationRow(asking, id)).tags };
      },
    }),
  ),
];
