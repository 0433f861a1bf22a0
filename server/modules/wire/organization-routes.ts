import { z } from 'zod';
import { actorOf } from '../../platform/http/principal.ts';
import { type OrganizationsWanted, organizations as ours } from '../customers/index.ts';
import { ticketReads } from '../tickets/index.ts';
import { requireOrganization } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { presentOrganization } from './present-people.ts';
import { tagRoutes } from './tag-routes.ts';
import { getUserRow } from './user-routes.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, idParams, idsOf, listOf, textOf, wireRoute } from './wire-route.ts';
import { againWhenTaken } from './work.ts';
import {
  createOrUpdateOrganization,
  createWireOrganization,
  organizationShape,
  updateWireOrganization,
} from './write-organization.ts';

async function listOrganizations(
  asking: Asking,
  wanted: OrganizationsWanted,
): Promise<Record<string, unknown>> {
  const page = await readPage(asking.desk.db, ours.listing(wanted), readPaging(asking.query));
  const organizations = await ours.list(asking.desk.db, page.ids);
  return envelope(
    asking,
    'organizations',
    organizations.map((row) => presentOrganization(asking.base, row)),
    page,
  );
}

async function showOrganization(asking: Asking, id: number) {
  return { organization: presentOrganization(asking.base, await requireOrganization(asking, id)) };
}

async function count(asking: Asking, wanted: OrganizationsWanted) {
  const value = await ours.count(asking.desk.db, wanted);
  return { count: { value, refreshed_at: new Date().toISOString() } };
}

/** `?ids=` or `?external_ids=`. */
async function namedOrganizations({ desk, query }: Asking): Promise<{ id: number }[]> {
  const externals = listOf(query, 'external_ids');
  return externals.length > 0 ? ours.idsOf(desk.db, externals) : idsOf(query).map((id) => ({ id }));
}

const oneOrganization = z.strictObject({ organization: organizationShape });

export const organizationRoutes = [
  wireRoute({
    method: 'GET',
    path: '/organizations',
    policy: 'wire.read',
    summary: 'Organizations, a page at a time',
    answer: (asking) => listOrganizations(asking, {}),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/count',
    policy: 'wire.read',
    summary: 'How many organizations there are',
    answer: (asking) => count(asking, {}),
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
        externals.length > 0 ? { externalIds: externals } : { ids: idsOf(asking.query) },
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
      return listOrganizations(asking, external ? { externalIds: [external] } : { name });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/autocomplete',
    policy: 'wire.read',
    summary: 'Organizations whose name begins like this',
    answer: (asking) => listOrganizations(asking, { begins: textOf(asking.query, 'name') ?? '' }),
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
      const { id } = await againWhenTaken(() =>
        asking.desk.run(actorOf(asking.who), (cx) => createOrUpdateOrganization(cx, organization)),
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
    body: z.strictObject({ organizations: z.array(z.unknown()).min(1) }),
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
      organizations: z.array(z.unknown()).optional(),
    }),
    answer: async (asking, _params, { organization, organizations }) => {
      const items =
        organizations ??
        (await namedOrganizations(asking)).map(({ id }) => ({ ...(organization as object), id }));
      return startJob(asking, { type: 'Bulk Update Organization', work: 'update_organization', items });
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/organizations/destroy_many',
    policy: 'wire.manage',
    summary: 'Delete up to 100 organizations in a job',
    status: 200,
    answer: async (asking) =>
      startJob(asking, {
        type: 'Bulk Delete Organization',
        work: 'delete_organization',
        items: await namedOrganizations(asking),
      }),
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
      await requireOrganization(asking, id);
      const [tickets_count, users_count] = await Promise.all([
        ticketReads.countOfOrganization(asking.desk.db, id),
        ours.countMembers(asking.desk.db, id),
      ]);
      return { organization_related: { tickets_count, users_count } };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organizations',
    policy: 'wire.read',
    summary: 'The organization of a user',
    params: idParams,
    answer: async (asking, { id }) =>
      listOrganizations(asking, { customerId: (await getUserRow(asking, id)).id }),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organizations/count',
    policy: 'wire.read',
    summary: 'How many organizations a user has',
    params: idParams,
    answer: async (asking, { id }) => count(asking, { customerId: (await getUserRow(asking, id)).id }),
  }),
  ...tagRoutes({
    path: 'organizations',
    name: 'an organization',
    read: async (asking, id) => (await requireOrganization(asking, id)).tags,
    write: (asking, id, tags) => asking.desk.run(actorOf(asking.who), (cx) => ours.change(cx, id, { tags })),
  }),
];
