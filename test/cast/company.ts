import { access } from '../../server/modules/auth/index.ts';
import { findOrCreateCustomer } from '../../server/modules/customers/index.ts';
import { createStaff, createTeam } from '../../server/modules/staff/index.ts';
import {
  type OpenTicket,
  openTicket,
  receiveMessage,
  type SendMessage,
  sendMessage,
} from '../../server/modules/tickets/index.ts';
import { sql } from '../../server/platform/db/database.ts';
import { type Actor, system } from '../../server/platform/events/event-map.ts';
import { openTestDesk, type TestDesk } from '../desk.ts';

/** A small company with two teams, and its doors: for tests of tickets and of what hears them. */
export interface Cast {
  desk: TestDesk;
  billing: number;
  support: number;
  /** Admin. */
  ada: number;
  /** Agent who sees everything. */
  ben: number;
  /** Agent who sees billing only. */
  cleo: number;
  /** Customers. */
  mia: number;
  noah: number;
  as(staffId: number): Actor;
  /** A ticket that a customer opened by mail; overrides as given. */
  open(more?: Partial<OpenTicket>): Promise<number>;
  /** Ben's public reply. */
  reply(ticketId: number, more?: Partial<SendMessage>): Promise<{ messageId: number }>;
  /** Mia writes on it again, by mail. */
  write(ticketId: number): ReturnType<typeof receiveMessage>;
  /** Types of a ticket's events, oldest first. */
  eventsOf(ticketId: number): Promise<string[]>;
  /** Runs work and answers which events it made, as `type` with the ticket they are on. */
  during(work: () => Promise<unknown>): Promise<{ type: string; ticketId: number | null; data: unknown }[]>;
  /** What shows the doors who asks. */
  headersOf(who: number): Record<string, string>;
  call(
    who: number | null,
    method: string,
    url: string,
    body?: unknown,
  ): Promise<{ status: number; body: Body }>;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of any route
type Body = any;

export async function openCast(): Promise<Cast> {
  const desk = await openTestDesk();
  const people = await hire(desk);
  const customers = [people.mia, people.noah];
  const headers = new Map<number, Record<string, string>>();
  for (const id of Object.values(people.staff)) headers.set(id, await tokenOf(desk, id));
  for (const id of customers) headers.set(id, await cookieOf(desk, id));
  const cast: Cast = {
    desk,
    ...people,
    ...people.staff,
    as: (id) => ({ kind: customers.includes(id) ? 'customer' : 'agent', id }),
    open: (more = {}) => openFor(desk, people.mia, more),
    reply: (ticketId, more) =>
      desk.run({ kind: 'agent', id: people.staff.ben }, (cx) =>
        sendMessage(cx, {
          ticketId,
          author: 'agent',
          authorId: people.staff.ben,
          public: true,
          message: { text: 'Use water.' },
          ...more,
        }),
      ),
    write: (ticketId) =>
      desk.run({ kind: 'customer', id: people.mia }, (cx) =>
        receiveMessage(cx, {
          ticketId,
          customerId: people.mia,
          channel: 'email',
          message: { text: 'Still burning' },
        }),
      ),
    eventsOf: async (ticketId) => {
      const rows = await desk.db.all<{ type: string }>(
        sql`select type from events where ticket_id = ${ticketId} order by ticket_seq`,
      );
      return rows.map((row) => row.type);
    },
    async during(work) {
      const { last } = await desk.db.one<{ last: number }>(
        sql`select coalesce(max(id), 0) as last from events`,
      );
      await work();
      return desk.db.all(
        sql`select type, ticket_id as "ticketId", data from events where id > ${last} order by id`,
      );
    },
    headersOf: (who) => headers.get(who) ?? {},
    async call(who, method, url, body) {
      const { app } = await desk.http();
      const response = await app.inject({
        method: method as 'GET',
        url: `/api/desk/v1${url}`,
        headers: who === null ? {} : (headers.get(who) ?? {}),
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const json = response.headers['content-type']?.toString().startsWith('application/json');
      return { status: response.statusCode, body: json ? response.json() : response };
    },
  };
  return cast;
}

async function hire(desk: TestDesk) {
  return desk.run(system, async (cx) => {
    const { teamId: billing } = await createTeam(cx, { name: 'Billing' });
    const { teamId: support } = await createTeam(cx, { name: 'Support' });
    const hired = async (
      name: string,
      role: 'agent' | 'admin',
      scope: 'all' | 'teams',
      teamIds: number[],
    ) => {
      const email = `${name.toLowerCase()}@desk.example`;
      return (await createStaff(cx, { name, email, role, ticketScope: scope, teamIds })).staffId;
    };
    const staff = {
      ada: await hired('Ada', 'admin', 'all', []),
      ben: await hired('Ben', 'agent', 'all', [support]),
      cleo: await hired('Cleo', 'agent', 'teams', [billing]),
    };
    const known = async (name: string) => {
      const value = `${name.toLowerCase()}@customer.example`;
      return (await findOrCreateCustomer(cx, { kind: 'email', value, name })).customerId;
    };
    return { billing, support, staff, mia: await known('Mia'), noah: await known('Noah') };
  });
}

async function tokenOf(desk: TestDesk, staffId: number): Promise<Record<string, string>> {
  const { token } = await desk.run(system, (cx) =>
    access.createApiToken(cx, { staffId, name: 'test', scopes: ['read', 'write', 'admin'] }),
  );
  return { authorization: `Bearer ${token}` };
}

async function cookieOf(desk: TestDesk, customerId: number): Promise<Record<string, string>> {
  const { token } = await desk.run(system, (cx) => access.startSession(cx, { customerId }));
  return { cookie: `firstline=${token}`, 'x-firstline-csrf': '1' };
}

async function openFor(desk: TestDesk, customerId: number, more: Partial<OpenTicket>): Promise<number> {
  const requesterId = more.requesterId ?? customerId;
  const { ticketId } = await desk.run({ kind: 'customer', id: requesterId }, (cx) =>
    openTicket(cx, {
      subject: 'The printer is on fire',
      channel: 'email',
      message: { author: 'customer', authorId: requesterId, text: 'It burns.\n\nPlease   help.' },
      ...more,
      requesterId,
    }),
  );
  return ticketId;
}
