import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams, pageOf } from '../auth/contract.ts';
import { staffOf } from '../auth/index.ts';
import { changeOrganization, createOrganization, deleteOrganization } from './change-organization.ts';
import {
  changeOrganizationBody,
  newOrganizationBody,
  organizationShape,
  organizationsQuery,
} from './contract.ts';
import { getOrganization, listOrganizations } from './organization-queries.ts';

const path = '/api/desk/v1/organizations';

export const organizationRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'organization.read',
    summary: 'Organisations, by id; `q` is the beginning of a name, or a whole domain',
    query: organizationsQuery,
    response: pageOf(organizationShape),
    handle: ({ desk, query }) => listOrganizations(desk.db, query),
  }),
  route({
    method: 'POST',
    path,
    policy: 'organization.change',
    summary: 'Make an organisation; new customers with an address at its domains belong to it',
    body: newOrganizationBody,
    response: organizationShape,
    handle: async ({ desk, principal, body }) => {
      const { organizationId } = await desk.run(actorOf(staffOf(principal)), (cx) =>
        createOrganization(cx, body),
      );
      return getOrganization(desk.db, organizationId);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'organization.read',
    summary: 'One organisation',
    params: idParams,
    response: organizationShape,
    handle: ({ desk, params }) => getOrganization(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'organization.change',
    summary: 'Change an organisation',
    params: idParams,
    body: changeOrganizationBody,
    response: organizationShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeOrganization(cx, params.id, body));
      return getOrganization(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id`,
    policy: 'organization.delete',
    summary: 'Delete an organisation; its customers stay, and belong to none',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => deleteOrganization(cx, params.id));
    },
  }),
];
