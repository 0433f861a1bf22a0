export { changePolicy } from './change-policy.ts';
export { createPolicy } from './create-policy.ts';
export { deletePolicy } from './delete-policy.ts';
export { findPolicy, getPolicy, listPolicies } from './read-policies.ts';
export { listTicketClocks, readTicketPromises } from './read-promises.ts';
export { reorderPolicies } from './reorder-policies.ts';
