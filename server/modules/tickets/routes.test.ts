import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { ticketReads } from './index.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const words = (text: string, more: object = {}) => ({ text, ...more });

describe('who may do what to which ticket', () => {
  const staffRoutes: [string, string, object?][] = [
    ['PATCH', '', { priority: 'high' }],
    ['GET', '/timeline'],
    ['PUT', '/assignment', { assigneeId: null }],
    ['POST', '/claim', {}],
    ['PUT', '/spam'],
    ['DELETE', '/spam'],
    ['PUT', '/drafts', { kind: 'reply', body: {} }],
    ['DELETE', '/drafts?kind=reply'],
    ['PUT', '/viewers/a-stream-of-somebody', { writing: null }],
    ['DELETE', ''],
    ['PUT', '/restoration'],
  ];

  it('nobody without signing in', async () => {
    const id = await cast.open();
    for (const [method, path, body] of [...staffRoutes, ['GET', '']] as typeof staffRoutes) {
      expect([path, (await cast.call(null, method, `/tickets/${id}${path}`, body)).status]).toEqual([
        path,
        401,
      ]);
    }
  });

  it('customers read and write their own, and nothing else', async () => {
    const id = await cast.open();
    for (const [method, path, body] of staffRoutes) {
      expect([path, (await cast.call(cast.mia, method, `/tickets/${id}${path}`, body)).status]).toEqual([
        path,
        403,
      ]);
    }
    expect((await cast.call(cast.mia, 'GET', `/tickets/${id}`)).status).toBe(200);
    expect((await cast.call(cast.noah, 'GET', `/tickets/${id}`)).status).toBe(404);
    expect((await cast.call(cast.noah, 'POST', `/tickets/${id}/messages`, words('mine?'))).status).toBe(404);
    expect((await cast.call(cast.mia, 'POST', `/tickets/${id}/messages`, words('more'))).status).toBe(201);
    for (const more of [
      { public: false },
      { status: 'solved' },
      { ccs: ['x@y.example'] },
      { mentions: [cast.ada] },
    ]) {
      expect((await cast.call(cast.mia, 'POST', `/tickets/${id}/messages`, words('no', more))).status).toBe(
        403,
      );
    }
  });

  it('a restricted agent: own team, own tickets, unclaimed ones without a team, followed ones', async () => {
    const foreign = await cast.open({ teamId: cast.support });
    for (const [method, path, body] of [...staffRoutes, ['GET', '']] as typeof staffRoutes) {
      expect([path, (await cast.call(cast.cleo, method, `/tickets/${foreign}${path}`, body)).status]).toEqual(
        [path, 404],
      );
    }
    const reply = await cast.call(cast.cleo, 'POST', `/tickets/${foreign}/messages`, words('hello'));
    expect(reply.status).toBe(404);
    const merge = await cast.call(cast.cleo, 'POST', `/tickets/${await cast.open()}/merge`, {
      into: foreign,
    });
    expect(merge.status).toBe(404);
    const visible = [
      await cast.open({ teamId: cast.billing }),
      await cast.open({ teamId: cast.support, assigneeId: cast.cleo }),
      await cast.open(),
    ];
    for (const id of visible) expect((await cast.call(cast.cleo, 'GET', `/tickets/${id}`)).status).toBe(200);
    await cast.call(cast.ben, 'PATCH', `/tickets/${foreign}`, { followers: [cast.cleo] });
    expect((await cast.call(cast.cleo, 'GET', `/tickets/${foreign}`)).status).toBe(200);
  });

  it('a merge is no side door to the ticket it leads to', async () => {
    const [own, foreign] = [
      await cast.open({ teamId: cast.billing }),
      await cast.open({ teamId: cast.support }),
    ];
    await cast.call(cast.ben, 'POST', `/tickets/${own}/merge`, { into: foreign });
    for (const [method, path, body] of staffRoutes.filter(([, path]) => !/timeline|drafts/.test(path))) {
      expect([path, (await cast.call(cast.cleo, method, `/tickets/${own}${path}`, body)).status]).toEqual([
        path,
        404,
      ]);
    }
    const reply = await cast.call(cast.cleo, 'POST', `/tickets/${own}/messages`, words('hello'));
    const merge = await cast.call(cast.cleo, 'POST', `/tickets/${await cast.open()}/merge`, { into: own });
    const unmerge = await cast.call(cast.cleo, 'DELETE', `/tickets/${own}/merge`);
    expect([reply.status, merge.status, unmerge.status]).toEqual([404, 404, 404]);
  });

  it('a customer never sees notes, tags, promises or drafts', async () => {
    const id = await cast.open({ tags: ['secret-tag'], priority: 'high' });
    await cast.call(
      cast.ben,
      'POST',
      `/tickets/${id}/messages`,
      words('secret note', { public: false, mentions: [cast.ada] }),
    );
    await cast.call(
      cast.ben,
      'POST',
      `/tickets/${id}/messages`,
      words('Hello Mia', { ccs: ['noah@customer.example'] }),
    );
    await cast.call(cast.mia, 'POST', `/tickets/${id}/messages`, words('Hello Ben'));
    const mia = await cast.call(cast.mia, 'GET', `/tickets/${id}`);
    expect(
      mia.body.messages.map((one: { text: string; authorName: string }) => [one.authorName, one.text]),
    ).toEqual([
      ['Mia', 'It burns.\n\nPlease   help.'],
      ['Ben', 'Hello Mia'],
      ['Mia', 'Hello Ben'],
    ]);
    expect(JSON.stringify(mia.body)).not.toMatch(/secret|"high"/);
    expect(mia.body).toMatchObject({
      followers: [],
      assigneeId: null,
      assigneeName: 'Ben',
      tags: [],
      dueAt: null,
    });
  });

  it('who comes in copy sees what follows', async () => {
    const id = await cast.open();
    cast.desk.clock.advance(60);
    await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { ccs: ['noah@customer.example'] });
    cast.desk.clock.advance(60);
    await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, words('For both'));
    const { body } = await cast.call(cast.noah, 'GET', `/tickets/${id}`);
    expect(body.messages.map((one: { text: string }) => one.text)).toEqual(['For both']);
  });

  it('what is deleted or spam is gone for its customer', async () => {
    const [gone, spam] = [await cast.open(), await cast.open()];
    await cast.call(cast.ben, 'DELETE', `/tickets/${gone}`);
    await cast.call(cast.ben, 'PUT', `/tickets/${spam}/spam`);
    for (const id of [gone, spam])
      expect((await cast.call(cast.mia, 'GET', `/tickets/${id}`)).status).toBe(404);
    expect((await cast.call(cast.ben, 'PUT', `/tickets/${gone}/restoration`)).body.deleted).toBe(false);
    expect(await cast.eventsOf(gone)).toEqual([
      'ticket.opened',
      'message.received',
      'ticket.deleted',
      'ticket.restored',
    ]);
    await cast.call(cast.ben, 'DELETE', `/tickets/${spam}/spam`);
    expect((await cast.eventsOf(spam)).slice(2)).toEqual(['ticket.marked_spam', 'ticket.unmarked_spam']);
  });
});

describe('opening at the API', () => {
  it('for a person named by address, once', async () => {
    const body = {
      subject: 'Hi',
      requester: { email: 'New@person.example', name: 'New' },
      message: words('One'),
    };
    const first = await cast.call(cast.ben, 'POST', '/tickets', body);
    const second = await cast.call(cast.ben, 'POST', '/tickets', body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body).toMatchObject({ requesterName: 'New', status: 'new', channel: 'api', preview: 'One' });
    expect(second.body.requesterId).toBe(first.body.requesterId);
  });

  it('for a person whose address is in their own letters, and copies to such', async () => {
    const open = (email: string, ccs: string[] = []) =>
      cast.call(cast.ben, 'POST', '/tickets', {
        ...{ subject: 'Hi', requester: { email }, message: words('One'), ccs },
      });
    const typed = await open('ганна@пошта.бел', ['олег@почта.рф']);
    const ascii = await open('ганна@xn--80a1acn3a.xn--90ais');
    expect([typed.status, ascii.status]).toEqual([201, 201]);
    expect(ascii.body.requesterId).toBe(typed.body.requesterId);
    const { body } = await cast.call(cast.ben, 'GET', `/tickets/${typed.body.id}`);
    expect(body.ccs).toMatchObject([{ email: 'олег@почта.рф' }]);
    for (const bad of [
      'ганна',
      'a b@пошта.бел',
      'a@localhost',
      'a@b..c',
      'a@пошта.бел, b@пошта.бел',
      '@c.example',
    ]) {
      const refused = await open(bad);
      expect([bad, refused.status]).toEqual([bad, 422]);
      expect(JSON.stringify(refused.body.error.fields)).toContain('not_an_address');
    }
  });

  it('cleans HTML and takes the words from it', async () => {
    const html =
      '<p onclick="x()">Hello <b>you</b><script>alert(1)</script><a href="javascript:x">y</a><img src="http://t"></p>';
    const { body } = await cast.call(cast.ben, 'POST', '/tickets', {
      subject: 'H',
      requester: { id: cast.mia },
      message: { html },
    });
    const detail = await cast.call(cast.ben, 'GET', `/tickets/${body.id}`);
    expect(detail.body.messages[0]).toMatchObject({
      text: 'Hello youy',
      html: '<p>Hello <b>you</b><a rel="noopener noreferrer nofollow">y</a></p>',
    });
  });

  it('refuses unknown fields, empty messages, and customers who say too much', async () => {
    const plain = { subject: 'S', requester: { id: cast.mia }, message: words('x') };
    expect((await cast.call(cast.ben, 'POST', '/tickets', { ...plain, version: 9 })).status).toBe(422);
    expect((await cast.call(cast.ben, 'POST', '/tickets', { ...plain, message: words(' ') })).status).toBe(
      422,
    );
    expect((await cast.call(cast.mia, 'POST', '/tickets', plain)).status).toBe(201);
    expect((await cast.call(cast.noah, 'POST', '/tickets', plain)).status).toBe(403);
    expect((await cast.call(cast.mia, 'POST', '/tickets', { ...plain, priority: 'urgent' })).status).toBe(
      403,
    );
    expect(
      (await cast.call(cast.mia, 'POST', '/tickets', { ...plain, message: words('x', { author: 'agent' }) }))
        .status,
    ).toBe(403);
  });
});

it('a conflict at the API carries the ticket as it is', async () => {
  const id = await cast.open();
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { version: 1, priority: 'low' });
  const refused = await cast.call(cast.ada, 'PATCH', `/tickets/${id}`, { version: 1, status: 'solved' });
  expect(refused.status).toBe(409);
  expect(refused.body.error.details.ticket).toMatchObject({ id, version: 2, priority: 'low' });
  expect(refused.body.error.details.changes[0]).toMatchObject({
    actorName: 'Ben',
    type: 'ticket.priority_changed',
  });
});

it('replying answers the message and the ticket', async () => {
  const id = await cast.open();
  const { status, body } = await cast.call(
    cast.ben,
    'POST',
    `/tickets/${id}/messages`,
    words('Done', { status: 'solved' }),
  );
  expect(status).toBe(201);
  expect(body.message).toMatchObject({ ticketId: id, text: 'Done', authorName: 'Ben', delivery: null });
  expect(body.ticket).toMatchObject({ id, status: 'solved', assigneeName: 'Ben', waitingSince: null });
  const timeline = await cast.call(cast.ada, 'GET', `/tickets/${id}/timeline`);
  expect(
    timeline.body.items.map((one: { type: string; actorName: string }) => [one.type, one.actorName]),
  ).toContainEqual(['ticket.status_changed', 'Ben']);
});

describe('what would reach nobody', () => {
  const say = (id: number, more: object = {}) =>
    cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, words('Hello', more));
  const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
    status,
    body.error?.code,
  ];
  const countOf = async (id: number) =>
    (await ticketReads.listMessages(cast.desk.db, id)).filter((one) => one.public).length;

  it.each([
    ['deleted', 'DELETE', '', 'ticket_deleted'],
    ['spam', 'PUT', '/spam', 'ticket_spam'],
  ])('is not said on a ticket that is %s; a note is', async (_, method, path, code) => {
    const id = await cast.open();
    await cast.call(cast.ada, method, `/tickets/${id}${path}`);
    expect(codeOf(await say(id))).toEqual([409, code]);
    expect((await say(id, { public: false })).status).toBe(201);
    expect(await countOf(id)).toBe(1);
  });

  it('is not said to a customer who was deleted, nor is a ticket opened for one', async () => {
    const requester = { email: 'gone@customer.example' };
    const opening = { subject: 'For whom?', message: words('Hello', { author: 'agent' }) };
    const opened = await cast.call(cast.ben, 'POST', '/tickets', { ...opening, requester });
    const { id, requesterId } = opened.body;
    expect((await cast.call(cast.ada, 'DELETE', `/customers/${requesterId}`)).status).toBeLessThan(300);
    expect(codeOf(await say(id))).toEqual([422, 'invalid']);
    expect((await say(id, { public: false })).status).toBe(201);
    const again = await cast.call(cast.ben, 'POST', '/tickets', {
      ...opening,
      requester: { id: requesterId },
    });
    expect([again.status, Object.keys(again.body.error.fields)]).toEqual([422, ['requesterId']]);
    const other = await cast.open();
    const moved = await cast.call(cast.ben, 'PATCH', `/tickets/${other}`, { requesterId });
    expect(codeOf(moved)).toEqual([422, 'invalid']);
    // The address is free again: who writes from it is somebody new.
    expect((await cast.call(cast.ben, 'POST', '/tickets', { ...opening, requester })).status).toBe(201);
  });
});

it('drafts are their writer’s alone', async () => {
  const id = await cast.open();
  const path = `/tickets/${id}/drafts`;
  await cast.call(cast.ben, 'PUT', path, { kind: 'reply', body: { text: 'Dear' } });
  await cast.call(cast.ben, 'PUT', path, { kind: 'reply', body: { text: 'Dear Mia' } });
  const draftsOf = async (who: number) => (await cast.call(who, 'GET', `/tickets/${id}`)).body.drafts;
  expect(await draftsOf(cast.ben)).toMatchObject([{ kind: 'reply', body: { text: 'Dear Mia' } }]);
  expect(await draftsOf(cast.ada)).toEqual([]);
  expect((await cast.call(cast.ben, 'DELETE', `${path}?kind=reply`)).status).toBe(204);
  expect(await draftsOf(cast.ben)).toEqual([]);
});

it('a draft that another device has kept meanwhile is not written over, and is shown', async () => {
  const id = await cast.open();
  const keep = (text: string, since?: string | null) =>
    cast.call(cast.ben, 'PUT', `/tickets/${id}/drafts`, { kind: 'note', body: { text }, since });
  const first = (await keep('At the desk', null)).body.updatedAt;
  cast.desk.clock.advance(2);
  const second = (await keep('At the desk, longer', first)).body.updatedAt;
  for (const stale of [null, first]) {
    const refused = await keep('On the train', stale);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'draft_elsewhere']);
    expect(refused.body.error.details.draft).toEqual({
      kind: 'note',
      body: { text: 'At the desk, longer' },
      updatedAt: second,
    });
  }
  expect((await keep('On the train', second)).status).toBe(200);
  expect((await keep('Whatever was there')).status).toBe(200);
});

it('claims and assignments', async () => {
  const id = await cast.open();
  expect((await cast.call(cast.ben, 'POST', `/tickets/${id}/claim`, {})).body.assigneeId).toBe(cast.ben);
  const late = await cast.call(cast.ada, 'POST', `/tickets/${id}/claim`, {});
  expect([late.status, late.body.error.details.ticket.assigneeName]).toEqual([409, 'Ben']);
  const given = await cast.call(cast.ben, 'PUT', `/tickets/${id}/assignment`, { assigneeId: cast.ada });
  expect(given.body.assigneeName).toBe('Ada');
});

it('offers tags in use, the frequent first', async () => {
  await cast.open({ tags: ['zebra', 'zoo'] });
  await cast.open({ tags: ['zoo'] });
  expect((await cast.call(cast.ben, 'GET', '/tags?q=Z')).body.items).toEqual(['zoo', 'zebra']);
});
