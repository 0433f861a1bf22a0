import type { FastifyInstance } from 'fastify';
import { access } from '../../server/modules/auth/index.ts';
import { setPasswordCost } from '../../server/modules/auth/passwords.ts';
import { findOrCreateCustomer } from '../../server/modules/customers/index.ts';
import { createStaff } from '../../server/modules/staff/index.ts';
import { sql } from '../../server/platform/db/database.ts';
import { system } from '../../server/platform/events/event-map.ts';
import type { Role } from '../../server/platform/http/principal.ts';
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../desk.ts';

// Hundreds of sign-ins: the cost that guards real passwords would only cost time here.
setPasswordCost({ memoryCost: 8, timeCost: 1 });

export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Person {
  id: number;
  email: string;
  password: string;
  cookies: { firstline: string };
}

/** A desk with one signed-in person of each role, and a way to let them ask. */
export interface PeopledDesk extends TestDesk {
  people: Record<Role | 'customer', Person>;
  ask(who: Person | null, method: Method, path: string, payload?: object): Promise<Answer>;
  /** The types of the events recorded since this was asked last. */
  newEvents(): Promise<string[]>;
}

const names: Record<Role, string> = {
  admin: 'Mei Lin',
  manager: 'Alesia Karol',
  lead: 'Tom Frey',
  agent: 'Ana Ruiz',
};

export async function openPeopledDesk(options: TestDeskOptions = {}): Promise<PeopledDesk> {
  const desk = await openTestDesk(options);
  const people = {
    admin: await makeStaff(desk, 'admin'),
    manager: await makeStaff(desk, 'manager'),
    lead: await makeStaff(desk, 'lead'),
    agent: await makeStaff(desk, 'agent'),
    customer: await makeCustomer(desk),
  };
  let last = 0;
  const newEvents = async () => {
    const rows = await desk.db.all<{ id: number; type: string }>(
      sql`select id, type from events where id > ${last} order by id`,
    );
    last = rows.at(-1)?.id ?? last;
    return rows.map(({ type }) => type);
  };
  await newEvents();
  const ask: PeopledDesk['ask'] = async (who, method, path, payload) => {
    const { app } = await desk.http();
    return app.inject({
      method,
      url: `/api/desk/v1${path}`,
      headers: { 'x-firstline-csrf': '1' },
      ...(who ? { cookies: who.cookies } : {}),
      ...(payload ? { payload } : {}),
    });
  };
  return Object.assign(desk, { people, ask, newEvents });
}

async function makeStaff(desk: TestDesk, role: Role): Promise<Person> {
  const [email, password] = [`${role}@lantern.example`, `the ${role} of lantern`];
  const passwordHash = await access.hashPassword(password);
  return desk.run(system, async (cx) => {
    const { staffId } = await createStaff(cx, { name: names[role], email, role, passwordHash });
    const { token } = await access.startSession(cx, { staffId });
    return { id: staffId, email, password, cookies: { firstline: token } };
  });
}

function makeCustomer(desk: TestDesk): Promise<Person> {
  const email = 'olga@customer.example';
  return desk.run(system, async (cx) => {
    const { customerId } = await findOrCreateCustomer(cx, { kind: 'email', value: email, name: 'Olga Kim' });
    const { token } = await access.startSession(cx, { customerId });
    return { id: customerId, email, password: '', cookies: { firstline: token } };
  });
}
