export { changeCustomer } from './change-customer.ts';
export { addIdentity } from './change-identities.ts';
export { changeOrganization, createOrganization } from './change-organization.ts';
export type { Customer, Identity, Organization } from './contract.ts';
export { createCustomer } from './create-customer.ts';
export { type FoundCustomer, findOrCreateCustomer, type WantedCustomer } from './find-or-create-customer.ts';
export { mergeCustomers } from './merge-customers.ts';
export { namesOfOrganizations } from './organization-queries.ts';
export { findCustomerByIdentity, getCustomer, namesOfCustomers, organizationOf } from './queries.ts';
