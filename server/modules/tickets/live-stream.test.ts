import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { type Desk, openDesk } from '../../platform/desk.ts';
import { sequenceOnce } from '../../platform/events/sequence-events.ts';
import { buildServer, type HttpServer } from '../../platform/http/server.ts';
import { access } from '../auth/index.ts';
import { changeStaff, memberships } from '../staff/index.ts';

/** Two processes on one database: what is done in one is heard, and no longer heard, in the other. */
let cast: Cast;
let other: Desk;
let server: HttpServer;
let port: number;
const ends: (() => void)[] = [];

beforeAll(async () => {
  cast = await openCast();
  const { config, log, connection, modules, clock } = cast.desk;
  other = await openDesk({ config, log, connection, modules, clock });
  server = await buildServer(other);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const end of ends) end();
  await server.app.close();
  await other.close();
  await cast.desk.close();
});

interface Said {
  id: number | null;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an event holds
  data: any;
}

async function listen(headers: Record<string, string>, query = '') {
  const ending = new AbortController();
  ends.push(() => ending.abort());
  const response = await fetch(`http://127.0.0.1:${port}/api/desk/v1/stream${query}`, {
    headers,
    signal: ending.signal,
  });
  const heard: Said[] = [];
  let closed = false;
  const reading = read(response, heard).finally(() => {
    closed = true;
  });
  reading.catch(() => undefined);
  return {
    status: response.status,
    heard,
    isClosed: () => closed,
    leave: () => ending.abort(),
    until: async (test: (said: Said) => boolean): Promise<Said> => {
      for (;;) {
        const found = heard.find(test);
        if (found) return found;
        if (closed) throw new Error(`the stream ended: ${JSON.stringify(heard)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

async function read(response: Response, heard: Said[]): Promise<void> {
  let rest = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const id = field('id');
      heard.push({
        id: id ? Number(id) : null,
        type: field('event') ?? '',
        data: JSON.parse(field('data') ?? 'null'),
      });
    }
  }
}

/** Gives what is in the log its positions, and tells all processes. */
async function sequence(): Promise<number> {
  const client = await cast.desk.db.connectSteady();
  try {
    // On a server that others use, a transaction of theirs may hold some back for a moment.
    do await sequenceOnce(client);
    while (await cast.desk.db.maybe(sql`select from events where position is null limit 1`));
  } finally {
    client.release();
  }
  cast.desk.signals.tell('positions');
  return (await cast.desk.db.one<{ position: number }>(sql`select position from event_cursor`)).position;
}

const opened = (ticketId: number) => (said: Said) =>
  said.type === 'ticket.opened' && said.data.ticketId === ticketId;
const isReady = (said: Said) => said.type === 'ready';

describe('a stream', () => {
  it('goes on after the last event heard, in order and without a gap', async () => {
    const first = await cast.open();
    const from = await sequence();
    const stream = await listen(cast.headersOf(cast.ben));
    await stream.until(isReady);
    const second = await cast.open();
    await sequence();
    const last = await stream.until(opened(second));
    stream.leave();
    expect(last.id).toBeGreaterThan(from);
    const third = await cast.open();
    await sequence();
    const again = await listen({ ...cast.headersOf(cast.ben), 'last-event-id': String(last.id) });
    await again.until(opened(third));
    const ids = again.heard.flatMap(({ id }) => id ?? []);
    expect(ids[0]).toBe((last.id ?? 0) + 1);
    expect(ids).toEqual(ids.map((_id, n) => (ids[0] ?? 0) + n));
    expect(again.heard.some(opened(first))).toBe(false);
  });

  it('reads the whole log to one who has heard nothing', async () => {
    const head = await sequence();
    const stream = await listen({ ...cast.headersOf(cast.ada), 'last-event-id': '0' });
    await stream.until(({ id }) => id === head);
    expect(stream.heard.filter(({ id }) => id !== null)).toHaveLength(head);
  });

  it('refuses what is no position, and begins anew for one it has not reached', async () => {
    for (const bad of ['x', '-1', '1.5', '99999999999999999999']) {
      const stream = await listen({ ...cast.headersOf(cast.ben), 'last-event-id': bad });
      expect(stream.status, bad).toBe(400);
    }
    const head = await sequence();
    const ahead = await listen({ ...cast.headersOf(cast.ben), 'last-event-id': String(head + 1000) });
    expect((await ahead.until(isReady)).data).toMatchObject({ position: head, reset: true });
    const ticket = await cast.open();
    await sequence();
    await ahead.until(opened(ticket));
  });
});

it('tells a customer what their own page shows, and nothing of the desk', async () => {
  const stream = await listen(cast.headersOf(cast.mia));
  await stream.until(isReady);
  const ticket = await cast.open({ tags: ['grumpy'], priority: 'urgent', teamId: cast.support });
  await cast.call(cast.ben, 'POST', `/tickets/${ticket}/messages`, { text: 'Soon.', status: 'pending' });
  await sequence();
  const changed = await stream.until(
    ({ type, data }) => type === 'ticket.status_changed' && data.ticketId === ticket,
  );
  expect(changed.data).toMatchObject({ actorKind: 'agent', actorId: null });
  const told = stream.heard.filter(({ data }) => data?.ticketId === ticket);
  expect(told.map(({ type, data }) => [type, data.data])).toEqual([
    ['ticket.opened', { status: 'new', channel: 'email', requesterId: cast.mia, followUpOf: null }],
    ['message.received', expect.not.objectContaining({ authorId: expect.anything() })],
    ['message.sent', expect.not.objectContaining({ authorId: expect.anything() })],
    ['ticket.status_changed', { from: 'new', to: 'pending' }],
  ]);
});

describe('how far the figures are', () => {
  const isMeasured = (to: number) => (said: Said) => said.type === 'figures.measured' && said.data.to === to;
  const measure = async () => {
    await cast.desk.settle();
    return sequence();
  };

  it('is told to staff when they come and whenever more is measured, without a position of its own', async () => {
    const first = await measure();
    const stream = await listen(cast.headersOf(cast.ben));
    await stream.until(isMeasured(first));
    await cast.open();
    const second = await measure();
    const told = await stream.until(isMeasured(second));
    expect(second).toBeGreaterThan(first);
    expect(told.id).toBeNull();
    stream.leave();
  });

  it('is not told to customers', async () => {
    const stream = await listen(cast.headersOf(cast.mia));
    await stream.until(isReady);
    const ticket = await cast.open();
    const witness = await listen(cast.headersOf(cast.ben));
    await witness.until(isMeasured(await measure()));
    await stream.until(opened(ticket));
    expect(stream.heard.filter(({ type }) => type === 'figures.measured')).toEqual([]);
    stream.leave();
    witness.leave();
  });
});

describe('a right that is taken away', () => {
  const system = { kind: 'system', id: null } as const;
  const bearer = async (staffId: number) =>
    cast.desk.run(system, (cx) => access.createApiToken(cx, { staffId, name: 'stream', scopes: ['read'] }));
  const headersFor = (token: string) => ({ authorization: `Bearer ${token}` });

  /** Hears the ticket opened before, and not the one opened after `take`. */
  async function silentAfter(
    headers: Record<string, string>,
    take: () => Promise<unknown>,
    more: object = {},
  ) {
    const stream = await listen(headers);
    await stream.until(isReady);
    const before = await cast.open(more);
    await sequence();
    await stream.until(opened(before));
    // The other process hears of it some 20 ms later, and by itself within half a second if that is lost.
    const heardOf = new Promise<void>((resolve) => other.signals.on('access', resolve));
    await take();
    await Promise.race([heardOf, new Promise((resolve) => setTimeout(resolve, 1000))]);
    const from = await sequence();
    const after = await cast.open(more);
    await sequence();
    const witness = await listen(cast.headersOf(cast.ada), `?after=${from}`);
    await witness.until(opened(after));
    witness.leave();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stream.heard.some(opened(after))).toBe(false);
    return stream;
  }

  it('a token that is revoked: the stream ends', async () => {
    const { token, tokenId } = await bearer(cast.ben);
    const stream = await silentAfter(headersFor(token), () =>
      cast.desk.run(system, (cx) => access.revokeApiTokens(cx, cast.ben, tokenId)),
    );
    expect((await stream.until(({ type }) => type === 'end')).data).toEqual({ reason: 'signed_out' });
  });

  it('a session that is ended', async () => {
    const { token } = await cast.desk.run(system, (cx) => access.startSession(cx, { customerId: cast.mia }));
    const stream = await silentAfter({ cookie: `firstline=${token}` }, () =>
      cast.desk.run(system, (cx) => access.endSessions(cx, { customerId: cast.mia }, 'signed_out')),
    );
    await stream.until(({ type }) => type === 'end');
  });

  it('a place in a team: its tickets are silent, and the stream goes on', async () => {
    const { token } = await bearer(cast.cleo);
    const place = { teamId: cast.billing, staffId: cast.cleo };
    const stream = await silentAfter(
      headersFor(token),
      () => cast.desk.run(system, (cx) => memberships.remove(cx, place)),
      { teamId: cast.billing },
    );
    expect(stream.isClosed()).toBe(false);
    await cast.desk.run(system, (cx) => memberships.add(cx, { ...place, isDefault: false }));
  });

  it('a sight of all tickets, and a person who is disabled', async () => {
    const { token } = await bearer(cast.ben);
    const billing = { teamId: cast.billing };
    const stream = await silentAfter(
      headersFor(token),
      () => cast.desk.run(system, (cx) => changeStaff(cx, cast.ben, { ticketScope: 'teams' })),
      billing,
    );
    await silentAfter(
      headersFor((await bearer(cast.cleo)).token),
      () => cast.desk.run(system, (cx) => changeStaff(cx, cast.cleo, { active: false })),
      billing,
    );
    stream.leave();
  });
});

describe('a slow reader', () => {
  it('waits for a reader who takes nothing, with a batch in hand and no more', async () => {
    await cast.desk.run({ kind: 'system', id: null }, async (cx) => {
      for (let n = 0; n < 25_000; n++) cx.record('token.revoked', null, { tokenId: n, staffId: cast.ada });
    });
    await sequence();
    const lines: Socket[] = [];
    server.app.server.on('connection', (one) => lines.push(one));
    const socket = connect(port, '127.0.0.1');
    const waiting = () => lines.find((one) => one.remotePort === socket.localPort)?.writableLength ?? 0;
    ends.push(() => socket.destroy());
    const { authorization } = cast.headersOf(cast.ada);
    socket.pause();
    socket.write(
      `GET /api/desk/v1/stream?after=0 HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`,
    );
    // Another, who reads, hears everything meanwhile.
    const reader = await listen({ ...cast.headersOf(cast.ada), 'last-event-id': '0' });
    const head = await sequence();
    await reader.until(({ id }) => id === head);
    while (waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(waiting()).toBeLessThan(500_000);
    let bytes = 0;
    socket.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    socket.resume();
    const whole = reader.heard.reduce((sum, said) => sum + JSON.stringify(said.data).length, 0);
    while (bytes < whole) await new Promise((resolve) => setTimeout(resolve, 10));
    socket.destroy();
  });
});
