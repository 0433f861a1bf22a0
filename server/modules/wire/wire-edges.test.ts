import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { access } from '../auth/index.ts';
import { changeStaff, createStaff } from '../staff/index.ts';

/** What clients of the format do at the edges: at the same time, again, or after something has gone. */

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

interface Sent {
  who?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

async function send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, sent: Sent = {}) {
  const { app } = await cast.desk.http();
  const response = await app.inject({
    method,
    url: `/api/v2${path}`,
    headers: { ...cast.headersOf(sent.who ?? cast.ada), ...sent.headers },
    ...(sent.body === undefined ? {} : { payload: sent.body as object }),
  });
  return { status: response.statusCode, body: response.body === '' ? null : response.json() };
}

const newTicket = (more: object = {}) =>
  send('POST', '/tickets', {
    body: { ticket: { subject: 'Kettle', comment: { body: 'It leaks.' }, requester_id: cast.mia, ...more } },
  });

describe('who is meant', () => {
  it('create_or_update makes one user and one organization, however many ask at once', async () => {
    const user = { user: { name: 'Uma', email: 'uma@customer.example' } };
    const organization = { organization: { name: 'Harbour' } };
    for (const [path, body, key] of [
      ['/users/create_or_update', user, 'user'],
      ['/organizations/create_or_update', organization, 'organization'],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => send('POST', path, { body })));
      expect(
        answers.map(({ status }) => status),
        path,
      ).toEqual(Array(6).fill(200));
      expect(new Set(answers.map((answer) => answer.body[key].id)).size, path).toBe(1);
    }
  });

  it('names the field of an address or number that is somebody else’s', async () => {
    const taken = { name: 'Ida', email: 'ida@customer.example', phone: '+375291112233' };
    expect((await send('POST', '/users', { body: { user: taken } })).status).toBe(201);
    const fault = [{ description: 'is taken already', error: 'DuplicateValue' }];
    const byPhone = { ...taken, email: 'other@customer.example' };
    expect(await send('POST', '/users', { body: { user: byPhone } })).toMatchObject({
      status: 422,
      body: { error: 'RecordInvalid', details: { phone: fault } },
    });
    expect((await send('POST', '/users', { body: { user: taken } })).body.details).toEqual({ email: fault });
  });

  it('keeps the address written to when another is given later', async () => {
    const { body } = await send('POST', '/users', {
      body: { user: { name: 'Two', email: 'first@customer.example' } },
    });
    const later = { user: { email: 'second@customer.example' } };
    const changed = await send('PUT', `/users/${body.user.id}`, { body: later });
    expect(changed.body.user.email).toBe('first@customer.example');
    const { identities } = (await send('GET', `/users/${body.user.id}/identities`)).body;
    expect(identities.map(({ value, primary }: Record<string, unknown>) => [value, primary])).toEqual([
      ['first@customer.example', true],
      ['second@customer.example', false],
    ]);
  });

  it('finds many by external id', async () => {
    const { body } = await send('POST', '/users', { body: { user: { name: 'Ext', external_id: 'crm-1' } } });
    await send('PUT', '/users/update_many?external_ids=crm-1,crm-none', {
      body: { user: { notes: 'seen' } },
    });
    await cast.desk.settle();
    expect((await send('GET', `/users/${body.user.id}`)).body.user.notes).toBe('seen');
    await send('DELETE', '/users/destroy_many?external_ids=crm-1');
    await cast.desk.settle();
    expect((await send('GET', `/users/${body.user.id}`)).body.user.active).toBe(false);
  });

  it('copies customers and lets agents follow, by whatever they are named, also later', async () => {
    const { body } = await newTicket({ collaborators: ['ben@desk.example', 'guest@customer.example'] });
    const [guest] = body.ticket.email_cc_ids;
    expect(body.ticket.follower_ids).toEqual([cast.ben]);
    const more = { additional_collaborators: [cast.noah, { name: 'Cleo', email: 'cleo@desk.example' }] };
    const changed = await send('PUT', `/tickets/${body.ticket.id}`, { body: { ticket: more } });
    expect(changed.body.ticket.email_cc_ids.toSorted()).toEqual([guest, cast.noah].toSorted());
    expect(changed.body.ticket.follower_ids.toSorted()).toEqual([cast.ben, cast.cleo].toSorted());
    expect((await newTicket({ collaborators: [999_999] })).body.details).toHaveProperty('collaborators');
  });
});

describe('a job', () => {
  it('has the rights that its asker has when its turn comes, and forgets what it was given', async () => {
    const { staffId, headers } = await hireAdmin();
    const answer = await send('DELETE', `/users/destroy_many?ids=${cast.noah}`, { headers });
    await cast.desk.run(system, (cx) => changeStaff(cx, staffId, { role: 'agent' }));
    await cast.desk.settle();
    const { id } = answer.body.job_status;
    const { body } = await send('GET', `/job_statuses/${id}`, { headers });
    expect(body.job_status).toMatchObject({ status: 'completed', results: [{ success: false }] });
    expect((await send('GET', `/users/${cast.noah}`)).body.user.active).toBe(true);
    const row = await cast.desk.db.one<{ items: unknown[] }>(
      sql`select items from wire_jobs where id = ${id}`,
    );
    expect(row.items).toEqual([]);
  });

  async function hireAdmin() {
    const eve = { name: 'Eve', email: 'eve@desk.example', role: 'admin' as const };
    return cast.desk.run(system, async (cx) => {
      const { staffId } = await createStaff(cx, eve);
      const scopes = ['read', 'write', 'admin'] as const;
      const { token } = await access.createApiToken(cx, { staffId, name: 'test', scopes: [...scopes] });
      return { staffId, headers: { authorization: `Bearer ${token}` } };
    });
  }
});

describe('pages of a conversation', () => {
  it('go on after an item that has gone, and back without an item twice', async () => {
    const { body } = await newTicket();
    const { id } = body.ticket;
    for (const text of ['one', 'two', 'three', 'four'])
      await send('PUT', `/tickets/${id}`, { body: { ticket: { comment: { body: text, public: false } } } });
    const page = async (query: string) => {
      const answer = await send('GET', `/tickets/${id}/comments?${query}`);
      return { ...answer.body, texts: answer.body.comments.map((one: { body: string }) => one.body) };
    };
    const first = await page('page[size]=2');
    expect(first.texts).toEqual(['It leaks.', 'one']);
    await cast.desk.db.write(sql`delete from messages where id = ${first.comments[1].id}`);
    expect((await page(`page[size]=2&page[after]=${first.meta.after_cursor}`)).texts).toEqual([
      'two',
      'three',
    ]);
    const before = (await page(`page[size]=1&page[after]=${first.meta.before_cursor}`)).meta.after_cursor;
    expect((await page(`page[size]=3&page[before]=${before}`)).texts).toEqual(['It leaks.']);
    expect((await page('sort_order=desc')).texts).toEqual(['four', 'three', 'two', 'It leaks.']);
  });
});

describe('what cannot be read', () => {
  it('is answered in the shape of the format, by a name of its own', async () => {
    const odd = await send('POST', '/tickets', { body: 'a=1', headers: { 'content-type': 'text/csv' } });
    expect([odd.status, odd.body.error]).toEqual([415, 'UnsupportedMediaType']);
    for (const path of ['/tickets/%ff', '//tickets']) {
      const { status, body } = await send('GET', path);
      expect([400, 404], path).toContain(status);
      expect(['BadRequest', 'RecordNotFound'], path).toContain(body.error);
      expect(body.description, path).not.toContain('JSON');
    }
    const long = await send('GET', `/search?query=${'x'.repeat(1001)}`);
    expect([long.status, Object.keys(long.body.details)]).toEqual([422, ['query']]);
  });

  it('names fields as they were sent, and many as too many', async () => {
    for (const [sent, named] of [
      [{ group_id: 999 }, 'group_id'],
      [{ assignee_id: 999 }, 'assignee_id'],
      [{ organization_id: 999 }, 'organization_id'],
      [{ comment: { body: '' } }, 'comment.body'],
      [{ comment: { body: 'x', uploads: ['none'] } }, 'comment.uploads'],
    ] as const) {
      expect(Object.keys((await newTicket(sent)).body.details), named).toEqual([named]);
    }
    for (const key of ['tickets', 'users', 'organizations']) {
      const many = await send('POST', `/${key}/create_many`, { body: { [key]: Array(101).fill({}) } });
      expect([many.status, many.body.error], key).toEqual([400, 'TooManyValues']);
    }
    const shown = await send('GET', `/tickets/show_many?ids=${Array.from({ length: 101 }, (_, n) => n + 1)}`);
    expect([shown.status, shown.body.error]).toEqual([400, 'TooManyValues']);
  });

  it('keeps a subject on one line', async () => {
    const { body } = await newTicket({ subject: ' Kettle\r\nBcc: x@y.example\u0000 ' });
    expect(body.ticket.subject).toBe('Kettle Bcc: x@y.example');
  });

  it('an upload is taken as the bytes it is, also when the client calls it JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await send('POST', '/uploads?filename=lamp.txt', {
      body: 'not { json',
      headers,
    });
    expect([status, body.upload?.attachment]).toEqual([
      201,
      expect.objectContaining({ size: 10, content_type: 'application/octet-stream' }),
    ]);
  });

  it('tells a token without the scope from a role that is too low', async () => {
    const { app } = await cast.desk.http();
    const made = await app.inject({
      method: 'POST',
      url: '/api/desk/v1/api-tokens',
      headers: cast.headersOf(cast.ada),
      payload: { name: 'narrow', scopes: ['read', 'write'] },
    });
    const headers = { authorization: `Bearer ${made.json().token}` };
    const narrow = await send('DELETE', `/users/${cast.noah}`, { headers });
    expect([narrow.status, narrow.body.description]).toEqual([403, 'This token lacks the scope "admin".']);
    const low = await send('DELETE', `/users/${cast.noah}`, { who: cast.ben });
    expect([low.status, low.body.description]).toEqual([403, 'Your role does not allow this.']);
  });
});
