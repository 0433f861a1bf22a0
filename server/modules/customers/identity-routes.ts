import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams } from '../auth/contract.ts';
import { staffOf } from '../auth/index.ts';
import { addIdentity, makeIdentityPrimary, removeIdentity } from './change-identities.ts';
import { changeIdentityBody, customerShape, identityParams, newIdentityBody } from './contract.ts';
import { getCustomer } from './queries.ts';

const path = '/api/desk/v1/customers/:id/identities';

export const identityRoutes = [
  route({
    method: 'POST',
    path,
    policy: 'customer.change',
    summary: 'Add an address, a number or a handle to a customer',
    params: idParams,
    body: newIdentityBody,
    response: customerShape,
    handle: async ({ desk, principal, params, body }) => {
      await getCustomer(desk.db, params.id);
      await desk.run(actorOf(staffOf(principal)), (cx) => addIdentity(cx, params.id, body));
      return getCustomer(desk.db, params.id);
    },
  }),
  route({
    method: 'PATCH',
    path: `${path}/:identityId`,
    policy: 'customer.change',
    summary: 'Make an address the one to write to',
    params: identityParams,
    body: changeIdentityBody,
    response: customerShape,
    handle: async ({ desk, principal, params: { id, identityId } }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => makeIdentityPrimary(cx, id, identityId));
      return getCustomer(desk.db, id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:identityId`,
    policy: 'customer.change',
    summary: 'Take an address away from a customer',
    params: identityParams,
    response: customerShape,
    handle: async ({ desk, principal, params: { id, identityId } }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => removeIdentity(cx, id, identityId));
      return getCustomer(desk.db, id);
    },
  }),
];
