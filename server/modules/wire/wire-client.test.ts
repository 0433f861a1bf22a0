// Longer than most: one listening server and one published client serve every part of the wire in turn.
import { createClient } from 'node-zendesk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { modules } from '../../modules.ts';
import { wireModule } from './module.ts';

/** The published client of the format, unchanged, against a listening desk. */

const token = 'wire-token-0123456789abcdef';
const email = 'ada@lantern.example';

type Client = ReturnType<typeof createClient>;
// The client's own types leave its answers open.
type Answer = Record<string, unknown>;
type Call = (...given: unknown[]) => Promise<{ result: Answer } & Answer[]>;

let desk: TestDesk;
let client: Client;
let root: string;

beforeAll(async () => {
  desk = await openTestDesk({
    modules: modules.includes(wireModule) ? modules : [...modules, wireModule],
    env: {
      FIRSTLINE_ADMIN_EMAIL: email,
      FIRSTLINE_ADMIN_PASSWORD: 'correct horse battery',
      FIRSTLINE_API_TOKEN: token,
    },
  });
  const { app } = await desk.http();
  root = await app.listen({ host: '127.0.0.1', port: 0 });
  client = createClient({ endpointUri: `${root}/api/v2`, username: email, token });
});
afterAll(() => desk.close());

/** Calls one method of one of the client's resources, past its types. */
function call(resource: string, method: string, ...given: unknown[]) {
  const target = (client as unknown as Record<string, Record<string, Call>>)[resource];
  const run = target?.[method];
  if (!run) throw new Error(`the client has no ${resource}.${method}`);
  return run.apply(target, given);
}

async function result(resource: string, method: string, ...given: unknown[]): Promise<Answer> {
  return (await call(resource, method, ...given)).result;
}

async function raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${root}/api/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    statusText: response.statusText,
    body: (text ? JSON.parse(text) : null) as Answer,
  };
}

const requester = { name: 'Vera Lis', email: 'vera@harbour.example' };

async function makeTicket(more: Answer = {}): Promise<Answer & { id: number }> {
  const body = {
    subject: 'The lamp flickers',
    comment: { body: 'It flickers at night.' },
    requester,
    ...more,
  };
  return (await result('tickets', 'create', { ticket: body })) as Answer & { id: number };
}

describe('tickets', () => {
  it('creates, shows, updates, deletes', async () => {
    const made = await makeTicket({ priority: 'high', type: 'problem', tags: ['Lamp', 'night'] });
    expect(made).toMatchObject({
      subject: 'The lamp flickers',
      priority: 'high',
      type: 'problem',
      status: 'open',
      tags: ['lamp', 'night'],
    });
    expect(made.description).toBe('It flickers at night.');
    const shown = await result('tickets', 'show', made.id);
    expect(shown.url).toBe(`${root}/api/v2/tickets/${made.id}.json`);
    const updated = await result('tickets', 'update', made.id, {
      ticket: {
        status: 'hold',
        comment: { body: 'Waiting for a part', public: false },
        additional_tags: ['part'],
        remove_tags: ['night'],
      },
    });
    expect(updated).toMatchObject({ status: 'hold', tags: ['lamp', 'part'] });
    await call('tickets', 'delete', made.id);
    expect((await raw('GET', `/tickets/${made.id}.json`)).status).toBe(404);
  });

  it('pages both ways, with absolute links', async () => {
    for (let n = 0; n < 5; n++) await makeTicket({ subject: `Page ${n}` });
    const all = await call('tickets', 'list');
    expect(all.length).toBeGreaterThanOrEqual(5);
    const first = await raw('GET', '/tickets.json?page[size]=2');
    expect(first.body.meta).toMatchObject({ has_more: true });
    const next = String((first.body.links as Answer).next);
    expect(next.startsWith(`${root}/api/v2/tickets.json`)).toBe(true);
    const second = await raw('GET', next.slice(`${root}/api/v2`.length));
    const ids = (answer: { body: Answer }) =>
      (answer.body.tickets as Answer[]).map((ticket) => ticket.id as number);
    expect(ids(second)[0]).toBeGreaterThan(ids(first)[1] as number);
    const back = await raw('GET', String((second.body.links as Answer).prev).slice(`${root}/api/v2`.length));
    expect(ids(back)).toEqual(ids(first));
    const numbered = await raw('GET', '/tickets?page=2&per_page=2');
    expect(numbered.body).toMatchObject({
      count: all.length,
      previous_page: `${root}/api/v2/tickets?page=1&per_page=2`,
    });
    expect((await raw('GET', '/tickets?page=101&per_page=100')).status).toBe(400);
    expect((await raw('GET', '/tickets?page[size]=101')).status).toBe(400);
  });

  it('lists comments and audits, one audit a command', async () => {
    const { id } = await makeTicket({ tags: ['one'] });
    await result('tickets', 'update', id, {
      ticket: { status: 'solved', comment: { html_body: '<b>Done</b><script>x</script>' } },
    });
    const comments = await call('tickets', 'getComments', id);
    expect(comments.map((comment) => [comment.body, comment.public])).toEqual([
      ['It flickers at night.', true],
      ['Done', true],
    ]);
    expect(String(comments[1]?.html_body)).not.toContain('script');
    const audits = await call('ticketaudits', 'list', id);
    expect(audits).toHaveLength(2);
    const events = audits[1]?.events as Answer[];
    expect(events.map((event) => event.type)).toContain('Comment');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'Change',
        field_name: 'status',
        value: 'solved',
        previous_value: 'open',
      }),
    );
    expect(comments[1]?.audit_id).toBe(audits[1]?.id);
    const one = await result('ticketaudits', 'show', id, audits[1]?.id);
    expect(one.id ?? (one.audit as Answer)?.id).toBe(audits[1]?.id);
  });

  it('measures', async () => {
    const { id } = await makeTicket();
    desk.clock.advance(600);
    await result('tickets', 'update', id, { ticket: { comment: { body: 'On it' } } });
    desk.clock.advance(300);
    await result('tickets', 'update', id, { ticket: { status: 'solved' } });
    const { body } = await raw('GET', `/tickets/${id}/metrics.json`);
    expect(body.ticket_metric).toMatchObject({
      ticket_id: id,
      replies: 1,
      reopens: 0,
      reply_time_in_minutes: { calendar: 10, business: 10 },
      full_resolution_time_in_minutes: { calendar: 15, business: 15 },
    });
    expect((await call('ticketmetrics', 'listAll')).length).toBeGreaterThan(0);
  });

  it('sets, adds and removes tags', async () => {
    const { id } = await makeTicket();
    expect((await raw('POST', `/tickets/${id}/tags.json`, { tags: ['a', 'b'] })).body.tags).toEqual([
      'a',
      'b',
    ]);
    await call('tickets', 'addTags', id, { tags: ['c'] });
    expect((await raw('DELETE', `/tickets/${id}/tags.json`, { tags: ['a'] })).body.tags).toEqual(['b', 'c']);
    expect((await call('tags', 'list')).map((tag) => tag.name)).toEqual(expect.arrayContaining(['b', 'c']));
  });

  it('refuses an unsafe update, an unknown field, an empty comment', async () => {
    const { id, updated_at } = await makeTicket();
    desk.clock.advance(5);
    await result('tickets', 'update', id, { ticket: { priority: 'low' } });
    const stale = await raw('PUT', `/tickets/${id}.json`, {
      ticket: { priority: 'high', safe_update: true, updated_stamp: updated_at },
    });
    expect([stale.status, stale.body.error]).toEqual([409, 'UpdateConflict']);
    expect(stale.body.details).toMatchObject({
      priority: [{ description: expect.stringMatching(/^none → low by user \d+ at 20/) }],
    });
    expect((await raw('PUT', `/tickets/${id}`, { ticket: { colour: 'red' } })).status).toBe(422);
    expect((await raw('POST', '/tickets', { ticket: { comment: { body: '' } } })).status).toBe(422);
    expect(
      (await raw('PUT', `/tickets/${id}`, { ticket: { url: 'x', created_at: 'y', due_at: null } })).status,
    ).toBe(200);
  });

  it('follows up a closed ticket only, and both name each other', async () => {
    const { id } = await makeTicket();
    const follow = () =>
      raw('POST', '/tickets.json', {
        ticket: { subject: 'Again', comment: { body: 'Again' }, requester, via_followup_source_id: id },
      });
    expect((await follow()).status).toBe(422);
    await result('tickets', 'update', id, { ticket: { status: 'solved', tags: ['kept'] } });
    desk.clock.advance(15 * 86_400);
    await desk.settle();
    const { body } = await follow();
    expect(body.ticket).toMatchObject({ tags: ['kept'], via: { source: { rel: 'follow_up' } } });
    const again = (await raw('GET', `/tickets/${id}.json`)).body.ticket as Answer;
    expect(again.followup_ids).toEqual([(body.ticket as Answer).id]);
  });

  it('sideloads', async () => {
    await makeTicket();
    const { body } = await raw(
      'GET',
      '/tickets.json?include=users,groups,organizations,metric_sets,last_audits&page[size]=2',
    );
    expect((body.users as Answer[]).length).toBeGreaterThan(0);
    expect((body.tickets as Answer[])[0]?.metric_set).toBeDefined();
    expect(body).toMatchObject({ groups: [], organizations: [] });
    expect((body.last_audits as Answer[]).length).toBe(2);
  });

  it('creates once under an idempotency key', async () => {
    const body = { ticket: { subject: 'Once', comment: { body: 'only once' }, requester } };
    const post = () => raw('POST', '/tickets.json', body, { 'idempotency-key': 'once-1' });
    // Of two at once one is worked on; the other is told so, or gets its answer.
    const tries = await Promise.all([post(), post()]);
    const [first] = tries.filter(({ status }) => status === 201);
    expect(tries.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await post()).body.ticket).toEqual(first?.body.ticket);
    const { body: found } = await raw('GET', '/tickets.json?page[size]=100');
    expect((found.tickets as Answer[]).filter((ticket) => ticket.subject === 'Once')).toHaveLength(1);
  });
});

describe('many at once', () => {
  it('creates, updates, merges and deletes in jobs', async () => {
    const tickets = [
      { subject: 'A', comment: { body: 'a' }, requester },
      { subject: 'B', comment: {} },
    ];
    const job = await result('tickets', 'createMany', { tickets });
    await desk.settle();
    const shown = await result('jobstatuses', 'show', ((job.job_status ?? job) as Answer).id);
    const status = (shown.job_status ?? shown) as Answer;
    expect(status).toMatchObject({ status: 'completed', progress: 2, total: 2 });
    const results = status.results as Answer[];
    expect(results.map((one) => one.success)).toEqual([true, false]);
    const made = Number(results[0]?.id);
    const other = (await makeTicket()).id;
    await result('tickets', 'updateMany', [made, other], { ticket: { priority: 'urgent' } });
    await desk.settle();
    expect(await result('tickets', 'show', made)).toMatchObject({ priority: 'urgent' });
    const merge = await raw('POST', `/tickets/${other}/merge.json`, {
      ids: [made],
      source_comment: 'Goes on there',
    });
    expect(merge.status).toBe(200);
    await desk.settle();
    expect((await call('tickets', 'getComments', other)).map((one) => one.body)).toContain('a');
    await call('tickets', 'deleteMany', [other]);
    await desk.settle();
    expect((await raw('GET', `/tickets/${other}`)).status).toBe(404);
  });

  it('imports a history at its own times', async () => {
    const ticket = {
      subject: 'Old lamp',
      requester,
      status: 'solved',
      created_at: '2025-05-01T10:00:00Z',
      solved_at: '2025-05-03T10:00:00Z',
      comments: [
        { value: 'It broke', created_at: '2025-05-01T10:00:00Z' },
        { value: 'A new one is on its way', author_id: await myId(), created_at: '2025-05-01T10:30:00Z' },
      ],
    };
    const made = await result('imports', 'ticket', { ticket });
    const id = Number(((made.ticket as Answer) ?? made).id);
    expect(await result('tickets', 'show', id)).toMatchObject({
      created_at: '2025-05-01T10:00:00Z',
      status: 'solved',
    });
    const { body } = await raw('GET', `/tickets/${id}/metrics`);
    expect(body.ticket_metric).toMatchObject({
      reply_time_in_minutes: { calendar: 30 },
      full_resolution_time_in_minutes: { calendar: 2880 },
      solved_at: '2025-05-03T10:00:00Z',
    });
  });
});

async function myId(): Promise<number> {
  return Number((await result('users', 'me')).id);
}

describe('people', () => {
  it('knows who asks', async () => {
    expect(await result('users', 'me')).toMatchObject({ email, role: 'admin' });
    const nobody = await fetch(`${root}/api/v2/users/me.json`);
    expect([nobody.status, (await nobody.json()).user.name]).toEqual([200, 'Anonymous user']);
    const wrong = await fetch(`${root}/api/v2/users/me.json`, {
      headers: { authorization: `Basic ${btoa(`${email}/token:wrong`)}` },
    });
    expect(wrong.status).toBe(401);
  });

  it('creates, finds, changes and deletes users', async () => {
    const user = await result('users', 'create', {
      user: { name: 'Igor', email: 'igor@mill.example', external_id: 'x-1', user_fields: { plan: 'gold' } },
    });
    expect(user).toMatchObject({
      role: 'end-user',
      email: 'igor@mill.example',
      user_fields: { plan: 'gold' },
    });
    const again = await result('users', 'createOrUpdate', {
      user: { email: 'igor@mill.example', name: 'Igor M' },
    });
    expect(again).toMatchObject({ id: user.id, name: 'Igor M' });
    const found = await call('users', 'search', { query: 'igor@mill' });
    expect(JSON.stringify(found)).toContain('Igor M');
    expect(await result('users', 'update', user.id, { user: { phone: '+375 29 123 45 67' } })).toMatchObject({
      phone: '+375 29 123 45 67',
    });
    for (const query of ['phone:+375(29)1234567', 'phone:00375291234567', '00375291234567'])
      expect([query, await call('users', 'search', { query })]).toMatchObject([query, [{ id: user.id }]]);
    const agent = await result('users', 'create', {
      user: { name: 'Bo', email: 'bo@lantern.example', role: 'agent' },
    });
    expect(agent).toMatchObject({ role: 'agent' });
    expect((await call('users', 'list')).length).toBeGreaterThan(2);
    await call('users', 'delete', user.id);
    expect(await result('users', 'show', user.id)).toMatchObject({ active: false });
  });

  it('keeps identities', async () => {
    const user = await result('users', 'create', { user: { name: 'Nil', email: 'nil@mill.example' } });
    const made = await result('useridentities', 'create', user.id, {
      identity: { type: 'email', value: 'nil2@mill.example' },
    });
    expect(made).toMatchObject({ type: 'email', primary: false, verified: false });
    await call('useridentities', 'verify', user.id, made.id);
    expect(await result('useridentities', 'show', user.id, made.id)).toMatchObject({ verified: true });
    await call('useridentities', 'makePrimary', user.id, made.id);
    expect(await result('users', 'show', user.id)).toMatchObject({ email: 'nil2@mill.example' });
    await call('useridentities', 'delete', user.id, made.id);
    expect(JSON.stringify(await call('useridentities', 'list', user.id))).not.toContain('nil2');
  });

  it('keeps organizations and who belongs to them', async () => {
    const made = await result('organizations', 'create', {
      organization: { name: 'Harbour', domain_names: ['harbour2.example'] },
    });
    expect(made).toMatchObject({ name: 'Harbour', domain_names: ['harbour2.example'] });
    expect((await raw('POST', '/organizations', { organization: { name: 'harbour' } })).status).toBe(422);
    expect(await result('organizations', 'update', made.id, { organization: { notes: 'n' } })).toMatchObject({
      notes: 'n',
    });
    expect(
      await result('organizations', 'createOrUpdate', {
        organization: { name: 'Harbour', external_id: 'h-1' },
      }),
    ).toMatchObject({ id: made.id });
    expect((await raw('GET', '/organizations/autocomplete.json?name=har')).body.organizations).toHaveLength(
      1,
    );
    const user = await result('users', 'create', { user: { name: 'Oleg', email: 'oleg@x.example' } });
    await call('organizationmemberships', 'create', { user_id: user.id, organization_id: made.id });
    expect((await raw('GET', `/organizations/${made.id}/users.json`)).body.users).toHaveLength(1);
    expect(JSON.stringify(await call('organizationmemberships', 'listByUser', user.id))).toContain('Harbour');
    expect((await call('organizations', 'list')).length).toBe(1);
    await call('organizations', 'delete', made.id);
    expect((await raw('GET', `/organizations/${made.id}.json`)).status).toBe(404);
  });

  it('keeps groups and their members', async () => {
    const group = await result('groups', 'create', { group: { name: 'Night shift' } });
    const agent = await result('users', 'create', {
      user: { name: 'Cy', email: 'cy@lantern.example', role: 'agent' },
    });
    const membership = await result('groupmemberships', 'create', {
      group_membership: { user_id: agent.id, group_id: group.id },
    });
    expect(membership).toMatchObject({ user_id: agent.id, group_id: group.id });
    await call('groupmemberships', 'makeDefault', agent.id, membership.id);
    expect(await result('users', 'show', agent.id)).toMatchObject({ default_group_id: group.id });
    expect((await call('groupmemberships', 'listByGroup', group.id)).length).toBe(1);
    const { id } = await makeTicket({ group_id: group.id, assignee_id: agent.id });
    expect(await result('tickets', 'show', id)).toMatchObject({ group_id: group.id, assignee_id: agent.id });
    await call('groupmemberships', 'delete', membership.id);
    await call('groups', 'update', group.id, { group: { name: 'Dawn shift' } });
    expect(JSON.stringify(await call('groups', 'list'))).toContain('Dawn shift');
    await call('groups', 'delete', group.id);
  });
});

describe('search and files', () => {
  it('finds tickets, users and counts', async () => {
    await makeTicket({
      subject: 'A zeppelin question',
      comment: { body: '发票需要重新开具 please' },
      priority: 'urgent',
    });
    await desk.settle();
    const results = (await raw('GET', '/search.json?query=zeppelin priority:urgent')).body
      .results as Answer[];
    expect(results.map((one) => [one.result_type, one.subject])).toEqual([['ticket', 'A zeppelin question']]);
    expect(JSON.stringify(await call('search', 'query', '重新开具'))).toContain('zeppelin');
    expect((await raw('GET', '/search/count?query=zeppelin')).body).toEqual({ count: 1 });
    expect((await raw('GET', '/search?query=type:user ada')).body.results).toHaveLength(1);
    const exported = await raw('GET', '/search/export.json?query=zeppelin&filter[type]=ticket&page[size]=10');
    expect(exported.body).toMatchObject({ meta: { has_more: false }, links: { next: null } });
    expect((await raw('GET', '/search')).status).toBe(422);
    const odd = await raw(
      'GET',
      `/search?query=${encodeURIComponent(`'); drop table tickets;-- " & | ! :* <-> status:x' or 1=1`)}`,
    );
    expect(odd.status).toBe(200);
  });

  it('uploads a file and hangs it on a comment', async () => {
    const response = await fetch(`${root}/api/v2/uploads.json?filename=lamp.bin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/binary' },
      body: Buffer.from([1, 2, 3]),
    });
    expect(response.status).toBe(201);
    const { upload } = await response.json();
    const { id } = await makeTicket({ comment: { body: 'see file', uploads: [upload.token] } });
    const [comment] = await call('tickets', 'getComments', id);
    const [file] = (comment?.attachments ?? []) as Answer[];
    expect(file).toMatchObject({ file_name: 'lamp.bin', size: 3 });
    const got = await fetch(String(file?.content_url), { headers: { authorization: `Bearer ${token}` } });
    expect([...new Uint8Array(await got.arrayBuffer())]).toEqual([1, 2, 3]);
    expect((await raw('GET', `/attachments/${Number(file?.id)}.json`)).body.attachment).toMatchObject({
      id: file?.id,
    });
  });
});

describe('every path', () => {
  const paths =
    wireModule.routes?.map((one) => ({ method: one.method, path: one.path.replace('/api/v2', '') })) ?? [];

  it('answers 401 without credentials, with .json and without', async () => {
    for (const { method, path } of paths.filter((one) => one.path !== '/users/me')) {
      for (const suffix of ['', '.json']) {
        const response = await fetch(`${root}/api/v2${path.replace(/:\w+/g, '1')}${suffix}`, { method });
        expect(response.status, `${method} ${path}${suffix}`).toBe(401);
        expect(await response.json()).toMatchObject({ error: "Couldn't authenticate you" });
      }
    }
  });

  it('answers 404 for what is not there, with .json and without', async () => {
    const single = paths.filter(
      (one) => one.method === 'GET' && /:\w+$|:id\/(comments|audits|metrics|tags|identities)$/.test(one.path),
    );
    for (const { path } of single) {
      for (const suffix of ['', '.json']) {
        const { status, body } = await raw('GET', `${path.replace(/:\w+/g, '999999')}${suffix}`);
        expect([path + suffix, status, body.error]).toEqual([path + suffix, 404, 'RecordNotFound']);
      }
    }
  });

  it('answers 422 to a body with an unknown field, and 204 has its reason', async () => {
    for (const { method, path } of paths.filter(
      (one) => ['POST', 'PUT'].includes(one.method) && one.path !== '/uploads',
    )) {
      if (/make_default|make_primary|verify$/.test(path)) continue;
      const { status, body } = await raw(method, path.replace(/:\w+/g, '999999'), { nonsense: 1 });
      expect([method, path, status, body.error]).toEqual([method, path, 422, 'RecordInvalid']);
    }
    const { id } = await makeTicket();
    expect(await raw('DELETE', `/tickets/${id}.json`)).toMatchObject({
      status: 204,
      statusText: 'No Content',
    });
  });
});
