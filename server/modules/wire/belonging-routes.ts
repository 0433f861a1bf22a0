import { z } from 'zod';
import { invalid, notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { type Belonging, type BelongingsWanted, changeCustomer, organizations } from '../customers/index.ts';
import { kindOfUser } from './find-people.ts';
import { requireOrganization, requireUser } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { findBelonging, presentBelonging } from './read-memberships.ts';
import { readOnly } from './read-only.ts';
import { startJob } from './wire-jobs.ts';
import { type Asking, idParams, idsOf, subParams, wireRoute } from './wire-route.ts';

const belongingShape = z.strictObject({
  user_id: z.int().positive().optional(),
  organization_id: z.int().positive(),
  ...readOnly('id', 'url', 'default', 'created_at', 'updated_at', 'organization_name', 'view_tickets'),
});
const body = z.strictObject({ organization_membership: belongingShape });

async function list(asking: Asking, wanted: BelongingsWanted): Promise<Record<string, unknown>> {
  const page = await readPage(
    asking.desk.db,
    organizations.belongings.listing(wanted),
    readPaging(asking.query),
  );
  const found = await organizations.belongings.list(asking.desk.db, page.ids);
  return envelope(
    asking,
    'organization_memberships',
    found.map((row) => presentBelonging(asking.base, row)),
    page,
  );
}

const show = (asking: Asking, row: Belonging) => ({
  organization_membership: presentBelonging(asking.base, row),
});

async function create(asking: Asking, userId: number | undefined, organizationId: number) {
  if (userId === undefined) throw invalid({ user_id: 'required' });
  if ((await kindOfUser(asking.desk.db, userId)) !== 'customer') throw invalid({ user_id: 'is no end user' });
  await asking.desk.run(actorOf(asking.who), (cx) => changeCustomer(cx, userId, { organizationId }));
  return show(asking, await findBelonging(asking.desk.db, userId));
}

async function remove(asking: Asking, id: number): Promise<void> {
  await findBelonging(asking.desk.db, id);
  await asking.desk.run(actorOf(asking.who), (cx) => changeCustomer(cx, id, { organizationId: null }));
}

function sameUser(id: number, sub: number): number {
  if (id !== sub) throw notFound('This membership');
  return id;
}

/** A customer belongs to at most one organization: a new membership replaces the one before. */
export const belongingRoutes = [
  wireRoute({
    method: 'GET',
    path: '/organization_memberships',
    policy: 'wire.read',
    summary: 'Who belongs to which organization',
    answer: (asking) => list(asking, {}),
  }),
  wireRoute({
    method: 'POST',
    path: '/organization_memberships',
    policy: 'wire.write',
    summary: 'Put a customer into an organization',
    body,
    answer: (asking, _params, { organization_membership: one }) =>
      create(asking, one.user_id, one.organization_id),
  }),
  wireRoute({
    method: 'POST',
    path: '/organization_memberships/create_many',
    policy: 'wire.write',
    summary: 'Put customers into organizations in a job',
    status: 200,
    body: z.strictObject({ organization_memberships: z.array(z.unknown()).min(1) }),
    answer: (asking, _params, { organization_memberships: items }) =>
      startJob(asking, {
        type: 'Bulk Create Organization Membership',
        work: 'create_organization_membership',
        items,
      }),
  }),
  wireRoute({
    method: 'DELETE',
    path: '/organization_memberships/destroy_many',
    policy: 'wire.write',
    summary: 'Take customers out of organizations in a job',
    status: 200,
    answer: (asking) => {
      const items = idsOf(asking.query).map((id) => ({ id }));
      return startJob(asking, {
        type: 'Bulk Delete Organization Membership',
        work: 'delete_organization_membership',
        items,
      });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organization_memberships/:id',
    policy: 'wire.read',
    summary: 'One membership',
    params: idParams,
    answer: async (asking, { id }) => show(asking, await findBelonging(asking.desk.db, id)),
  }),
  wireRoute({
    method: 'DELETE',
    path: '/organization_memberships/:id',
    policy: 'wire.write',
    summary: 'Take a customer out of an organization',
    params: idParams,
    status: 204,
    answer: (asking, { id }) => remove(asking, id),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organization_memberships',
    policy: 'wire.read',
    summary: 'Memberships of a customer',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireUser(asking, id);
      return list(asking, { customerId: id });
    },
  }),
  wireRoute({
    method: 'POST',
    path: '/users/:id/organization_memberships',
    policy: 'wire.write',
    summary: 'Put this customer into an organization',
    params: idParams,
    body,
    answer: async (asking, { id }, { organization_membership: one }) => {
      await requireUser(asking, id);
      return create(asking, id, one.organization_id);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/organization_memberships/:sub',
    policy: 'wire.read',
    summary: 'One membership of a customer',
    params: subParams,
    answer: async (asking, { id, sub }) =>
      show(asking, await findBelonging(asking.desk.db, sameUser(id, sub))),
  }),
  wireRoute({
    method: 'DELETE',
    path: '/users/:id/organization_memberships/:sub',
    policy: 'wire.write',
    summary: 'Take this customer out of an organization',
    params: subParams,
    status: 204,
    answer: (asking, { id, sub }) => remove(asking, sameUser(id, sub)),
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id/organization_memberships/:sub/make_default',
    policy: 'wire.write',
    summary: 'The only membership is the default one',
    params: subParams,
    answer: async (asking, { id, sub }) => {
      await findBelonging(asking.desk.db, sameUser(id, sub));
      return list(asking, { customerId: id });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id/organization_memberships',
    policy: 'wire.read',
    summary: 'Memberships of an organization',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireOrganization(asking, id);
      return list(asking, { organizationId: id });
    },
  }),
];
