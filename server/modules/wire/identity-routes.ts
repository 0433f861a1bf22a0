import { z } from 'zod';
import { invalid, notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { lineShape } from '../auth/contract.ts';
import { changeCustomer, identities as ours } from '../customers/index.ts';
import { wireTime } from './instant.ts';
import { envelope, pageOfList } from './paging.ts';
import type { WireObject } from './present-people.ts';
import { readOnly } from './read-only.ts';
import { tagRoutes } from './tag-routes.ts';
import { getUserRow } from './user-routes.ts';
import { type Asking, idParams, subParams, wireRoute } from './wire-route.ts';

const wireTypes = { email: 'email', phone: 'phone_number', social: 'any_channel', external: 'foreign' };

/** A customer's addresses; staff have the one they sign in with, under their own number. */
async function identitiesOf(asking: Asking, userId: number): Promise<WireObject[]> {
  const user = await getUserRow(asking, userId);
  const rows =
    user.kind === 'customer'
      ? await ours.list(asking.desk.db, userId)
      : [
          {
            id: user.id,
            kind: 'email' as const,
            value: user.email ?? '',
            is_primary: true,
            verified: true,
            created_at: user.created_at,
          },
        ];
  return rows.map((row) => ({
    url: `${asking.base}/api/v2/users/${userId}/identities/${row.id}.json`,
    id: row.id,
    user_id: userId,
    type: wireTypes[row.kind],
    value: row.value,
    verified: row.verified,
    primary: row.is_primary,
    deliverable_state: row.kind === 'email' ? 'deliverable' : null,
    undeliverable_count: 0,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.created_at),
  }));
}

async function identityOf(asking: Asking, userId: number, id: number): Promise<WireObject> {
  const identity = (await identitiesOf(asking, userId)).find((one) => one.id === id);
  if (!identity) throw notFound('This identity');
  return identity;
}

async function customerOnly(asking: Asking, id: number): Promise<void> {
  if ((await getUserRow(asking, id)).kind !== 'customer') {
    throw invalid({ identity: "an agent's address is changed with the agent" });
  }
}

async function verify(asking: Asking, userId: number, id: number): Promise<void> {
  await customerOnly(asking, userId);
  await identityOf(asking, userId, id);
  await asking.desk.run(actorOf(asking.who), (cx) => ours.verify(cx, userId, id));
}

const shownOnly = readOnly(
  'id',
  'url',
  'user_id',
  'created_at',
  'updated_at',
  'deliverable_state',
  'undeliverable_count',
  'primary',
);
const newIdentity = z.strictObject({
  identity: z.strictObject({
    type: z.enum(['email', 'phone_number']),
    value: lineShape(320).min(1),
    verified: z.boolean().default(false),
    ...shownOnly,
    primary: z.boolean().default(false),
    skip_verify_email: z.boolean().optional(),
  }),
});

export const identityRoutes = [
  wireRoute({
    method: 'GET',
    path: '/users/:id/identities',
    policy: 'wire.read',
    summary: 'Addresses and numbers of a user',
    params: idParams,
    answer: async (asking, { id }) => {
      const { page, items } = pageOfList(asking, await identitiesOf(asking, id));
      return envelope(asking, 'identities', items, page);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/identities/:sub',
    policy: 'wire.read',
    summary: 'One identity',
    params: subParams,
    answer: async (asking, { id, sub }) => ({ identity: await identityOf(asking, id, sub) }),
  }),
  wireRoute({
    method: 'POST',
    path: '/users/:id/identities',
    policy: 'wire.write',
    summary: 'Add an address or number to a customer',
    params: idParams,
    body: newIdentity,
    answer: async (asking, { id }, { identity: { type, value, verified, primary } }) => {
      await customerOnly(asking, id);
      const kind = type === 'email' ? 'email' : 'phone';
      const { identityId } = await asking.desk.run(actorOf(asking.who), (cx) =>
        ours.add(cx, id, { kind, value, verified, primary }),
      );
      return { identity: await identityOf(asking, id, identityId) };
    },
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id/identities/:sub',
    policy: 'wire.write',
    summary: 'Mark an identity as verified',
    params: subParams,
    body: z.strictObject({
      identity: z.strictObject({
        verified: z.literal(true).optional(),
        value: z.string().optional(),
        type: z.string().optional(),
        ...shownOnly,
      }),
    }),
    answer: async (asking, { id, sub }, { identity }) => {
      const before = await identityOf(asking, id, sub);
      if (identity.value !== undefined && identity.value !== before.value) {
        throw invalid({ value: 'add a new identity and remove this one' });
      }
      if (identity.verified) await verify(asking, id, sub);
      return { identity: await identityOf(asking, id, sub) };
    },
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id/identities/:sub/verify',
    policy: 'wire.write',
    summary: 'Mark an identity as verified',
    params: subParams,
    answer: async (asking, { id, sub }) => {
      await verify(asking, id, sub);
      return { identity: await identityOf(asking, id, sub) };
    },
  }),
  wireRoute({
    method: 'PUT',
    path: '/users/:id/identities/:sub/make_primary',
    policy: 'wire.write',
    summary: 'The address to write to',
    params: subParams,
    answer: async (asking, { id, sub }) => {
      await customerOnly(asking, id);
      await asking.desk.run(actorOf(asking.who), (cx) => ours.makePrimary(cx, id, sub));
      const identities = await identitiesOf(asking, id);
      return { identities, count: identities.length, next_page: null, previous_page: null };
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/users/:id/identities/:sub',
    policy: 'wire.write',
    summary: 'Take an address or number from a customer',
    params: subParams,
    status: 204,
    answer: async (asking, { id, sub }) => {
      await customerOnly(asking, id);
      await asking.desk.run(actorOf(asking.who), (cx) => ours.remove(cx, id, sub));
    },
  }),
  ...tagRoutes({
    path: 'users',
    name: 'a user',
    read: async (asking, id) => (await getUserRow(asking, id)).tags,
    write: async (asking, id, tags) => {
      await customerOnly(asking, id);
      await asking.desk.run(actorOf(asking.who), (cx) => changeCustomer(cx, id, { tags }));
    },
  }),
];
