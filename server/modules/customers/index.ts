import { belongingListing, listBelongings } from './belongings.ts';
import { addIdentity, makeIdentityPrimary, removeIdentity, verifyIdentity } from './change-identities.ts';
import { changeOrganization, deleteOrganization } from './change-organization.ts';
import { findIdentity } from './find-or-create-customer.ts';
import { findOrCreateCustomers, isIdentity } from './find-or-create-customers.ts';
import { identityKey } from './identity-key.ts';
import { holdersOf, holdersOfExactly, listIdentities } from './identity-queries.ts';
import {
  countMembers,
  countOrganizations,
  findOrganization,
  idsOfExternal,
  listOrganizationRows,
  organizationListing,
} from './organization-listing.ts';
import { namesOfOrganizations } from './organization-queries.ts';

export type { Belonging, BelongingsWanted } from './belongings.ts';
export { changeCustomer, deleteCustomer } from './change-customer.ts';
export { createOrganization } from './change-organization.ts';
export type { Customer, Identity, Organization } from './contract.ts';
export { createCustomer } from './create-customer.ts';
export { customerNames } from './customer-names.ts';
export {
  type FoundCustomer,
  type FoundIdentity,
  findOrCreateCustomer,
  type WantedCustomer,
} from './find-or-create-customer.ts';
export { mergeCustomers } from './merge-customers.ts';
export type { OrganizationRow, OrganizationsWanted } from './organization-listing.ts';
export { findCustomerByIdentity, getCustomer } from './queries.ts';
export { requesters } from './requesters.ts';

export const identities = {
  add: addIdentity,
  makePrimary: makeIdentityPrimary,
  remove: removeIdentity,
  verify: verifyIdentity,
  find: findIdentity,
  findOrCreateAll: findOrCreateCustomers,
  canBe: isIdentity,
  list: listIdentities,
  holdersOf,
  holdersOfExactly,
  /** The one form that all spellings share. */
  key: identityKey,
};
export const organizations = {
  change: changeOrganization,
  delete: deleteOrganization,
  names: namesOfOrganizations,
  find: findOrganization,
  list: listOrganizationRows,
  listing: organizationListing,
  count: countOrganizations,
  countMembers,
  idsOf: idsOfExternal,
  /** Who belongs to which. */
  belongings: { list: listBelongings, listing: belongingListing },
};
