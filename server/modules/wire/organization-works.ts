import { z } from 'zod';
import { changeCustomer, organizations } from '../customers/index.ts';
import { memberships } from '../staff/index.ts';
import { findGroupMembership } from './read-memberships.ts';
import { done, itemId, readItem, type Work } from './work.ts';
import { createWireOrganization, organizationShape, updateWireOrganization } from './write-organization.ts';
import { refuseUnlessAdmin } from './write-user.ts';

const create: Work = async (cx, _who, item) =>
  done('create', await createWireOrganization(cx, readItem(organizationShape, item)));

const update: Work = async (cx, _who, item) => {
  const { id, ...body } = readItem(z.looseObject({ id: z.int().positive() }), item);
  await updateWireOrganization(cx, id, readItem(organizationShape, body));
  return done('update', id);
};

const remove: Work = async (cx, who, item) => {
  refuseUnlessAdmin(who);
  const { id } = readItem(itemId, item);
  await organizations.delete(cx, id);
  return done('delete', id);
};

const groupMembership = z.object({
  user_id: z.int().positive(),
  group_id: z.int().positive(),
  default: z.boolean().optional(),
});
const createMembership: Work = async (cx, who, item) => {
  refuseUnlessAdmin(who);
  const { user_id, group_id, default: isDefault } = readItem(groupMembership, item);
  await memberships.add(cx, { teamId: group_id, staffId: user_id, isDefault });
  return done('create', user_id);
};

const removeMembership: Work = async (cx, who, item) => {
  refuseUnlessAdmin(who);
  const { id } = readItem(itemId, item);
  const membership = await findGroupMembership(cx.tx, id);
  await memberships.remove(cx, { teamId: membership.team_id, staffId: membership.staff_id });
  return done('delete', id);
};

const organizationMembership = z.object({ user_id: z.int().positive(), organization_id: z.int().positive() });
const createBelonging: Work = async (cx, _who, item) => {
  const { user_id, organization_id } = readItem(organizationMembership, item);
  await changeCustomer(cx, user_id, { organizationId: organization_id });
  return done('create', user_id);
};

const removeBelonging: Work = async (cx, _who, item) => {
  const { id } = readItem(itemId, item);
  await changeCustomer(cx, id, { organizationId: null });
  return done('delete', id);
};

export const organizationWorks: Record<string, Work> = {
  create_organization: create,
  update_organization: update,
  delete_organization: remove,
  create_group_membership: createMembership,
  delete_group_membership: removeMembership,
  create_organization_membership: createBelonging,
  delete_organization_membership: removeBelonging,
};
