import { addIdentity, makeIdentityPrimary, removeIdentity } from './change-identities.ts';
import { changeOrganization, deleteOrganization } from './change-organization.ts';
import { findOrCreateCustomers, isIdentity } from './find-or-create-customers.ts';
import { namesOfOrganizations } from './organization-queries.ts';

export { changeCustomer, deleteCustomer } from './change-customer.ts';
export { createOrganization } from './change-organization.ts';
export type { Customer, Identity, Organization } from './contract.ts';
export { createCustomer } from './create-customer.ts';
export { type FoundCustomer, findOrCreateCustomer, type WantedCustomer } from './find-or-create-customer.ts';
export { mergeCustomers } from './merge-customers.ts';
export { findCustomerByIdentity, getCustomer, namesOfCustomers, organizationOf } from './queries.ts';

export const identities = {
  add: addIdentity,
  makePrimary: makeIdentityPrimary,
  remove: removeIdentity,
  findOrCreateAll: findOrCreateCustomers,
  canBe: isIdentity,
};
export const organizations = {
  change: changeOrganization,
  delete: deleteOrganization,
  names: namesOfOrganizations,
};
