import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import type { Desk } from '../../platform/desk.ts';
import { system } from '../../platform/events/event-map.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { route } from '../../platform/http/route.ts';
import { localeShape } from '../auth/contract.ts';
import { access, mailLinks } from '../auth/index.ts';
import { verifyIdentity } from './change-identities.ts';
import { customerLinkBody, customerSessionBody, customerSessionShape } from './contract.ts';
import { customerNames } from './customer-names.ts';
import { findCustomerByIdentity, getCustomer } from './queries.ts';

const at = '/api/desk/v1';
const answerMilliseconds = 150;

export const customerSessionRoutes = [
  route({
    method: 'POST',
    path: `${at}/customer-links`,
    policy: 'customer_session.start',
    summary: 'Mail a customer a link to sign in; the answer does not tell whether the address is known',
    limit: 40,
    body: customerLinkBody,
    response: z.object({ sent: z.literal(true) }),
    status: 202,
    handle: async ({ desk, body: { email } }) => {
      // The same answer after the same time: who is a customer here is nobody else's business.
      await Promise.all([mailSignInLink(desk, email), pause(answerMilliseconds)]);
      return { sent: true as const };
    },
  }),
  route({
    method: 'POST',
    path: `${at}/customer-session`,
    policy: 'customer_session.start',
    summary: 'Sign in with the token of a mailed link; it works once, for an hour',
    unrepeatable: true,
    limit: 60,
    body: customerSessionBody,
    response: customerSessionShape,
    handle: async ({ desk, reply, body: { token } }) => {
      const { customerId, session } = await desk.run(system, (cx) => signInByLink(cx, token));
      access.setSessionCookie(desk.config, reply, session);
      return readSession(desk, customerId);
    },
  }),
  route({
    method: 'GET',
    path: `${at}/customer-session`,
    policy: 'customer_session.read',
    summary: 'Which customer is signed in',
    response: customerSessionShape,
    handle: ({ desk, principal }) => readSession(desk, principal!.id),
  }),
];

/** The link lay in the mail of one of their addresses and nowhere else: who has it reads there. */
async function signInByLink(cx: CommandContext, token: string) {
  const { customerId, identityId } = await mailLinks.consume(cx, 'customer_sign_in', token);
  if (customerId === null) throw new Error('a sign-in link without a customer');
  const customer = await getCustomer(cx.tx, customerId);
  if (customer.suspended) throw new HttpError(401, 'link_spent', 'This link does not work any more.');
  const self = cx.as({ kind: 'customer', id: customerId });
  if (identityId !== null) await verifyIdentity(self, customerId, identityId);
  return { customerId, session: await access.startSession(cx, { customerId }) };
}

async function mailSignInLink(desk: Desk, email: string): Promise<void> {
  const found = await findCustomerByIdentity(desk.db, 'email', email);
  if (!found || found.suspended) return;
  const { customerId, identityId } = found;
  await desk.run(system, (cx) => mailLinks.issue(cx, 'customer_sign_in', { customerId }, identityId));
}

async function readSession(desk: Desk, id: number) {
  const { locale } = await getCustomer(desk.db, id);
  const names = await customerNames.list(desk.db, [id]);
  return { customer: { id, name: names.get(id) ?? '', locale: localeShape.safeParse(locale).data ?? null } };
}
