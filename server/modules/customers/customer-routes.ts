import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams, pageOf } from '../auth/contract.ts';
import { staffOf } from '../auth/index.ts';
import { changeCustomer, deleteCustomer } from './change-customer.ts';
import { changeCustomerBody, customerShape, customersQuery, mergeBody, newCustomerBody } from './contract.ts';
import { createCustomer } from './create-customer.ts';
import { mergeCustomers } from './merge-customers.ts';
import { getCustomer, listCustomers } from './queries.ts';

const path = '/api/desk/v1/customers';

export const customerRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'customer.read',
    summary: 'Customers, newest first; `q` is the beginning of a name or an address',
    query: customersQuery,
    response: pageOf(customerShape),
    handle: ({ desk, query }) => listCustomers(desk.db, query),
  }),
  route({
    method: 'POST',
    path,
    policy: 'customer.change',
    summary: 'Make a customer with their addresses',
    body: newCustomerBody,
    response: customerShape,
    handle: async ({ desk, principal, body }) => {
      const { customerId } = await desk.run(actorOf(staffOf(principal)), (cx) => createCustomer(cx, body));
      return getCustomer(desk.db, customerId);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'customer.read',
    summary: 'One customer',
    params: idParams,
    response: customerShape,
    handle: ({ desk, params }) => getCustomer(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'customer.change',
    summary: 'Change a customer; `suspended` also ends their sessions',
    params: idParams,
    body: changeCustomerBody,
    response: customerShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeCustomer(cx, params.id, body));
      return getCustomer(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id`,
    policy: 'customer.delete',
    summary: 'Delete a customer and their addresses; their tickets stay',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => deleteCustomer(cx, params.id));
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:id/merge`,
    policy: 'customer.change',
    summary: 'Merge this customer into another one',
    params: idParams,
    body: mergeBody,
    response: customerShape,
    status: 200,
    handle: async ({ desk, principal, params, body: { into } }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => mergeCustomers(cx, { from: params.id, into }));
      return getCustomer(desk.db, into);
    },
  }),
];
