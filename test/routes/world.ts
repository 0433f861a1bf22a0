import { access } from '../../server/modules/auth/index.ts';
import { createStaff } from '../../server/modules/staff/index.ts';
import { raw, sql } from '../../server/platform/db/database.ts';
import { system } from '../../server/platform/events/event-map.ts';
import type { Scope } from '../../server/platform/http/principal.ts';
import { buildServer, type HttpServer } from '../../server/platform/http/server.ts';
import { type Cast, openCast } from '../cast/company.ts';
import type { Asker } from './allowed.ts';

type Id = number | string;

/** One of everything a route can name; the ticket is the support team's, which Cleo and Noah do not see. */
export interface World {
  cast: Cast;
  /** What shows the doors that one of them asks. */
  headers: Record<Exclude<Asker, 'anybody'>, Record<string, string>>;
  /** Tokens of the admin that may only read, and that may read and write. */
  reading: Record<string, string>;
  writing: Record<string, string>;
  /** By the noun before it in an address: `tickets` is whose id `/tickets/:id` means. */
  ids: Record<string, Id>;
  /** The doors, which here let in as many requests as are asked. */
  server: HttpServer;
}

export async function openWorld(): Promise<World> {
  const cast = await openCast();
  const { desk } = cast;
  const hire = async (role: 'lead' | 'manager') => {
    const email = `${role}@desk.example`;
    const { staffId } = await desk.run(system, (cx) => createStaff(cx, { name: role, email, role }));
    return bearer(cast, staffId, ['read', 'write', 'admin']);
  };
  const headers = {
    customer: cast.headersOf(cast.mia),
    agent: cast.headersOf(cast.ben),
    restricted: cast.headersOf(cast.cleo),
    lead: await hire('lead'),
    manager: await hire('manager'),
    admin: cast.headersOf(cast.ada),
  };
  const reading = await bearer(cast, cast.ada, ['read']);
  const writing = await bearer(cast, cast.ada, ['read', 'write']);
  const ids = await makeOneOfEach(cast);
  const server = await buildServer(desk, { take: () => ({ remaining: 1, waitSeconds: null }) });
  return { cast, headers, reading, writing, ids, server };
}

async function bearer(cast: Cast, staffId: number, scopes: Scope[]): Promise<Record<string, string>> {
  const { token } = await cast.desk.run(system, (cx) =>
    access.createApiToken(cx, { staffId, name: 'route test', scopes }),
  );
  return { authorization: `Bearer ${token}` };
}

async function makeOneOfEach(cast: Cast): Promise<Record<string, Id>> {
  const { desk, ada } = cast;
  const make = async (path: string, body: object): Promise<number> => {
    const made = await cast.call(ada, 'POST', path, body);
    if (made.status !== 201) throw new Error(`${path}: ${made.status} ${JSON.stringify(made.body)}`);
    return made.body.id ?? made.body.message.id;
  };
  const organizations = await make('/organizations', { name: 'Papers' });
  const inboxes = await make('/inboxes', { name: 'Help', addresses: ['help@desk.example'] });
  const tickets = await cast.open({ teamId: cast.support });
  const { app } = await desk.http();
  const upload = await app.inject({
    method: 'POST',
    url: '/api/desk/v1/uploads?filename=a.txt&type=text/plain',
    headers: { ...cast.headersOf(ada), 'content-type': 'application/octet-stream' },
    payload: 'a file',
  });
  const files: string = upload.json().key;
  const messages = await make(`/tickets/${tickets}/messages`, { text: 'An answer.', attachments: [files] });
  await app.inject({
    method: 'PUT',
    url: `/api/v2/users/${cast.mia}`,
    headers: cast.headersOf(ada),
    payload: { user: { organization_id: organizations } },
  });
  const bulk = await app.inject({
    method: 'PUT',
    url: `/api/v2/tickets/update_many?ids=${tickets}`,
    headers: cast.headersOf(ada),
    payload: { ticket: { priority: 'high' } },
  });
  await desk.settle();
  const dead = await desk.db.one<{ id: number }>(
    sql`insert into jobs (kind, payload, state, run_at) values ('mail.read', '{}', 'dead', now()) returning id`,
  );
  const aside = await desk.db.one<{ id: number }>(sql`
    insert into set_aside_tickets (consumer, ticket_id, error, since, tried_at)
    values ('search', ${tickets + 1_000_000}, 'Error: no words', now(), now()) returning id`);
  const field = await make('/ticket-fields', { key: 'floor', title: 'Floor', kind: 'integer' });
  const audits = await app.inject({ url: `/api/v2/tickets/${tickets}/audits`, headers: cast.headersOf(ada) });
  const one = async (table: string): Promise<number> =>
    (await desk.db.one<{ id: number }>(sql`select max(id) as id from ${raw(table)}`)).id;
  const mail = await desk.db.one<{ id: number }>(sql`
    insert into mails (received_at, envelope_from, envelope_to, remote, size, sha256, raw, fate, cause, inbox_id)
    values (now(), 'x@customer.example', 'help@desk.example', '127.0.0.1', 3, 'x', 'raw', 'suspended', 'forged', ${inboxes})
    returning id`);
  return {
    jobs: dead.id,
    'set-aside': aside.id,
    job_statuses: bulk.json().job_status.id,
    'api-tokens': await one('api_tokens'),
    schedules: await make('/schedules', { name: 'Day', definition: { tz: 'UTC', hours: {} } }),
    staff: cast.ben,
    members: cast.cleo,
    teams: cast.support,
    groups: cast.support,
    customers: cast.mia,
    users: cast.mia,
    identities: await identityOf(cast, cast.mia),
    organizations,
    tickets,
    ticket_metrics: tickets,
    audits: audits.json().audits[0].id,
    messages,
    'ticket-fields': field,
    ticket_fields: field,
    files,
    attachments: await one('attachments'),
    inboxes,
    ledger: mail.id,
    outbox: await one('outgoing_mails'),
    'sla-policies': await make('/sla-policies', {
      name: 'Soon',
      targets: [{ target: 'first_reply', seconds: 300 }],
    }),
    kpis: 'ticket_volume',
    organization_memberships: cast.mia,
    group_memberships: await one(`team_members where staff_id = ${cast.ben}`),
    guided: 'first_response_time',
    guests: cast.noah,
    viewers: 'a'.repeat(22),
    secondTicket: await cast.open({ teamId: cast.support, requesterId: cast.mia }),
  };
}

async function identityOf({ desk }: Cast, customerId: number): Promise<number> {
  const row = await desk.db.one<{ id: number }>(
    sql`select id from customer_identities where customer_id = ${customerId}`,
  );
  return row.id;
}
