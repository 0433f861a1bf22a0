import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../../test/cast/company.ts';
import { system } from '../../../platform/events/event-map.ts';
import { findOrCreateCustomer } from '../../customers/index.ts';
import { createInbox } from './change-inbox.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
  await cast.desk.run(system, (cx) =>
    createInbox(cx, { name: 'Help', addresses: ['help@lantern.example', 'help@xn--bcher-kva.example'] }),
  );
});
afterAll(() => cast.desk.close());

const opening = (more: object = {}) => ({
  subject: 'Lamp',
  requester: { email: 'vera@harbour.example' },
  message: { text: 'It flickers.' },
  ...more,
});
const open = (more: object) => cast.call(cast.ben, 'POST', '/tickets', opening(more));
const refusal = { error: { fields: {} as Record<string, string> } };
const fieldsOf = ({ body }: { body: typeof refusal }) => body.error.fields;

it('refuses an address of its own as requester or in copy, however it is spelled', async () => {
  const word = 'help@lantern.example is an address of this desk';
  expect(fieldsOf(await open({ requester: { email: 'Help+t1@Lantern.example' } }))).toEqual({
    requester: word,
  });
  expect(fieldsOf(await open({ ccs: ['joe@harbour.example', 'HELP@lantern.example'] }))).toEqual({
    ccs: word,
  });
  const id = await cast.open();
  const changed = await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { ccs: ['help@lantern.example'] });
  expect([changed.status, fieldsOf(changed)]).toEqual([422, { ccs: word }]);
  const said = await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, {
    text: 'Look',
    ccs: ['help+x@lantern.example'],
  });
  expect([said.status, fieldsOf(said)]).toEqual([422, { ccs: word }]);
  expect(await cast.eventsOf(id)).toEqual(['ticket.opened', 'message.received']);
});

it('refuses them for whoever has one already, and for whoever is to get one', async () => {
  const { customerId } = await cast.desk.run(system, (cx) =>
    findOrCreateCustomer(cx, { kind: 'email', value: 'help@lantern.example' }),
  );
  const id = await cast.open();
  const changed = await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { requesterId: customerId });
  expect([changed.status, fieldsOf(changed)]).toEqual([
    422,
    { requesterId: 'help@lantern.example is an address of this desk' },
  ]);
  const added = await cast.call(cast.ben, 'POST', `/customers/${cast.mia}/identities`, {
    kind: 'email',
    value: 'Help+1@BÜCHER.example',
  });
  expect([added.status, fieldsOf(added)]).toEqual([
    422,
    { value: 'help@xn--bcher-kva.example is an address of this desk' },
  ]);
  const merged = await cast.call(cast.ada, 'POST', `/customers/${customerId}/merge`, { into: cast.mia });
  expect(merged.status).toBe(200);
});

it('takes everybody else, once', async () => {
  const { status, body } = await open({ ccs: ['joe@harbour.example', 'JOE@HARBOUR.example'] });
  expect(status).toBe(201);
  const { ccs } = (await cast.call(cast.ada, 'GET', `/tickets/${body.id}`)).body;
  expect(ccs).toMatchObject([{ email: 'joe@harbour.example' }]);
});
