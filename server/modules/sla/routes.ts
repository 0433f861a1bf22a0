import type { Desk } from '../../platform/desk.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { staffOf } from '../auth/index.ts';
import { ticketParams } from '../tickets/contract.ts';
import { canSee, type TicketRow, ticketReads } from '../tickets/index.ts';
import { changePolicy } from './change-policy.ts';
import {
  changePolicyBody,
  createPolicyBody,
  orderBody,
  policyList,
  policyParams,
  policyShape,
  previewBody,
  previewShape,
  ticketSlaShape,
} from './contract.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicy } from './delete-policy.ts';
import { getPolicy, listPolicies } from './read-policies.ts';
import { previewPolicy, readTicketPromises } from './read-promises.ts';
import { reorderPolicies } from './reorder-policies.ts';

const at = '/api/desk/v1';

export const routes = [
  route({
    method: 'GET',
    path: `${at}/sla-policies`,
    policy: 'sla_policy.read',
    summary: 'The SLA policies in the order in which they are tried; the first that matches wins',
    response: policyList,
    handle: async ({ desk }) => ({ items: await listPolicies(desk.db) }),
  }),
  route({
    method: 'POST',
    path: `${at}/sla-policies`,
    policy: 'sla_policy.manage',
    summary: 'Make an SLA policy, last in order',
    body: createPolicyBody,
    response: policyShape,
    handle: async ({ desk, principal, body }) => {
      const { policyId } = await desk.run(actorOf(staffOf(principal)), (cx) => createPolicy(cx, body));
      return getPolicy(desk.db, policyId);
    },
  }),
  route({
    method: 'GET',
    path: `${at}/sla-policies/:id`,
    policy: 'sla_policy.read',
    summary: 'One SLA policy',
    params: policyParams,
    response: policyShape,
    handle: ({ desk, params }) => getPolicy(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${at}/sla-policies/:id`,
    policy: 'sla_policy.manage',
    summary: 'Change an SLA policy: a new version, valid from now',
    params: policyParams,
    body: changePolicyBody,
    response: policyShape,
    handle: async ({ desk, principal, params, body: change }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changePolicy(cx, { policyId: params.id, change }));
      return getPolicy(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${at}/sla-policies/:id`,
    policy: 'sla_policy.manage',
    summary: 'Delete an SLA policy; what it promised stays on record',
    params: policyParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => deletePolicy(cx, { policyId: params.id }));
    },
  }),
  route({
    method: 'PUT',
    path: `${at}/sla-policies/order`,
    policy: 'sla_policy.manage',
    summary: 'Put the SLA policies in order: every id once',
    body: orderBody,
    response: policyList,
    handle: async ({ desk, principal, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => reorderPolicies(cx, { policyIds: body.ids }));
      return { items: await listPolicies(desk.db) };
    },
  }),
  route({
    method: 'POST',
    path: `${at}/sla-policies/preview`,
    policy: 'sla_policy.preview',
    summary: 'Which policy would match a ticket as it is now, why, and what it would promise',
    body: previewBody,
    response: previewShape,
    status: 200,
    handle: async ({ desk, principal, body }) =>
      previewPolicy(desk.db, await getSeenTicket(desk, principal, body.ticketId)),
  }),
  route({
    method: 'GET',
    path: `${at}/tickets/:id/sla`,
    policy: 'ticket.sla',
    summary: "A ticket's SLA policy, why it matched, and every clock",
    params: ticketParams,
    response: ticketSlaShape,
    handle: async ({ desk, principal, params }) => {
      const ticket = await getSeenTicket(desk, principal, params.id);
      return readTicketPromises(desk.db, ticket.id, desk.clock.fixed() ?? new Date());
    },
  }),
];

async function getSeenTicket(desk: Desk, principal: Principal | null, id: number): Promise<TicketRow> {
  const ticket = await ticketReads.getTicketRow(desk.db, id);
  if (!canSee(staffOf(principal), ticket)) throw notFound('This ticket');
  return ticket;
}
