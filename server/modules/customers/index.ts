export { changeCustomer, deleteCustomer } from './change-customer.ts';
export { addIdentity, makeIdentityPrimary, removeIdentity } from './change-identities.ts';
export { changeOrganization, createOrganization, deleteOrganization } from './change-organization.ts';
export type { Customer, Identity, Organization } from './contract.ts';
export { createCustomer } from './create-customer.ts';
export { type FoundCustomer, findOrCreateCustomer, type WantedCustomer } from './find-or-create-customer.ts';
export { mergeCustomers } from './merge-customers.ts';
export { namesOfOrganizations } from './organization-queries.ts';
export { findCustomerByIdentity, getCustomer, namesOfCustomers, organizationOf } from './queries.ts';
