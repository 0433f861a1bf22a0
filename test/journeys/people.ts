import type { Staff } from '../../server/modules/staff/contract.ts';
import { ask, type Journey, until } from './journey.ts';
import { type Outgoing, rawOutgoing } from './mail.ts';

export interface Colleague {
  id: number;
  name: string;
  email: string;
  password: string;
  token: string;
}

/** Takes on an agent as an admin does: made, mailed a link, and the password chosen by that link. */
export async function hireAgent(my: Journey, name: string): Promise<Colleague> {
  const email = `${name.toLowerCase()}.${my.tag}@lantern.example`;
  const password = `three quiet lanterns ${my.tag}`;
  const { id } = await ask<Staff>(my, 'POST', '/staff', { name: `${name} ${my.tag}`, email });
  const token = await until(`a link mailed to ${email}`, async () => {
    const { items } = await ask<{ items: Outgoing[] }>(my, 'GET', '/outbox');
    const mail = items.find((one) => one.kind === 'link' && one.to.includes(email));
    return mail && /\/password#([\w-]{20,})/.exec(await rawOutgoing(my, mail.id))?.[1];
  });
  await ask(my, 'POST', '/password', { token, new: password });
  return { id, name: `${name} ${my.tag}`, email, password, token: await makeToken(my, email, password) };
}

async function makeToken(my: Journey, email: string, password: string): Promise<string> {
  const address = `${my.url}/api/desk/v1`;
  const headers = { 'content-type': 'application/json', 'x-firstline-csrf': '1', origin: my.url };
  const session = await fetch(`${address}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const made = await fetch(`${address}/api-tokens`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'journey' }),
  });
  if (!made.ok) throw new Error(`no token for ${email}: ${made.status} ${await made.text()}`);
  return ((await made.json()) as { token: string }).token;
}
