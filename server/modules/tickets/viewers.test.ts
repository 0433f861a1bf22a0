import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { type Desk, openDesk } from '../../platform/desk.ts';
import { buildServer, type HttpServer } from '../../platform/http/server.ts';
import type { ViewersChanged } from './contract.ts';

/** Two processes of one desk, as a load balancer has them; Ben's stream is at one and Ada's at the other. */
let cast: Cast;
let other: Desk;
const servers: HttpServer[] = [];
const ends: (() => void)[] = [];

beforeAll(async () => {
  cast = await openCast();
  const { config, log, connection, modules } = cast.desk;
  other = await openDesk({ config, log, connection, modules });
  servers.push(await cast.desk.http(), await buildServer(other));
  for (const { app } of servers) await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  for (const end of ends) end();
  await servers[1]?.app.close();
  await other.close();
  await cast.desk.close();
});

interface Listener {
  stream: string;
  /** The next thing said about who looks. */
  next(): Promise<ViewersChanged>;
  leave(): void;
}

async function listen(who: number, process = 0): Promise<Listener> {
  const { port } = (servers[process] as HttpServer).app.server.address() as AddressInfo;
  const ending = new AbortController();
  ends.push(() => ending.abort());
  const response = await fetch(`http://127.0.0.1:${port}/api/desk/v1/stream`, {
    headers: cast.headersOf(who),
    signal: ending.signal,
  });
  const next = messages(response);
  const { stream } = (await next('ready')) as { stream: string };
  return {
    stream,
    next: async () => (await next('viewers.changed')) as ViewersChanged,
    leave: () => ending.abort(),
  };
}

/** Answers what the next message of a type holds; what comes before it is passed over. */
function messages(response: Response): (wanted: string) => Promise<unknown> {
  const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return async (wanted) => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      const piece = end < 0 ? await pieces?.read() : undefined;
      if (piece?.done) throw new Error('the stream ended');
      rest += piece?.value ?? '';
      if (end < 0) continue;
      const block = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (new RegExp(`^event: ${wanted}$`, 'm').test(block))
        return JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null');
    }
  };
}

async function look(
  who: number,
  id: number,
  { stream }: Listener,
  writing: 'reply' | 'note' | null = null,
): Promise<void> {
  const { status } = await cast.call(who, 'PUT', `/tickets/${id}/viewers/${stream}`, { writing });
  expect(status).toBe(204);
}

it('who else looks and writes is told, whichever process they are at, and that they left', async () => {
  const id = await cast.open();
  const [ben, ada] = [await listen(cast.ben), await listen(cast.ada, 1)];
  await look(cast.ben, id, ben);
  expect(await ben.next()).toEqual({ ticketId: id, viewers: [] });
  await look(cast.ada, id, ada);
  expect(await ada.next()).toEqual({
    ticketId: id,
    viewers: [{ staffId: cast.ben, name: 'Ben', writing: null }],
  });
  expect((await ben.next()).viewers).toMatchObject([{ name: 'Ada', writing: null }]);
  await look(cast.ada, id, ada, 'reply');
  expect((await ben.next()).viewers).toMatchObject([{ name: 'Ada', writing: 'reply' }]);
  await cast.call(cast.ada, 'DELETE', `/tickets/${id}/viewers/${ada.stream}`);
  expect((await ben.next()).viewers).toEqual([]);
});

it('a closed stream has left, and so has one that went on to another ticket', async () => {
  const [id, elsewhere] = [await cast.open(), await cast.open()];
  const [ben, ada, again] = [await listen(cast.ben), await listen(cast.ada, 1), await listen(cast.ada, 1)];
  await look(cast.ben, id, ben);
  await ben.next();
  await look(cast.ada, id, ada, 'note');
  expect((await ben.next()).viewers).toHaveLength(1);
  await look(cast.ada, elsewhere, ada);
  expect((await ben.next()).viewers).toEqual([]);
  await look(cast.ada, id, again);
  expect((await ben.next()).viewers).toHaveLength(1);
  again.leave();
  expect((await ben.next()).viewers).toEqual([]);
  expect((await cast.call(cast.ada, 'DELETE', `/tickets/${id}/viewers/${ada.stream}`)).status).toBe(204);
  const left = sql`select from ticket_viewers where stream = ${ada.stream} and ticket_id = ${elsewhere}`;
  expect(await cast.desk.db.maybe(left)).toBeDefined();
});

it('who may not see the ticket hears nothing of it, and nobody speaks for the screen of another', async () => {
  const id = await cast.open({ teamId: cast.billing });
  const [ben, cleo] = [await listen(cast.ben), await listen(cast.cleo)];
  await look(cast.cleo, id, cleo);
  expect((await cleo.next()).viewers).toEqual([]);
  await cast.desk.db.write(sql`update tickets set team_id = ${cast.support} where id = ${id}`);
  await look(cast.ben, id, ben);
  expect((await ben.next()).viewers).toMatchObject([{ name: 'Cleo' }]);
  const seen = await cast.open();
  await look(cast.cleo, seen, cleo);
  expect(await cleo.next()).toEqual({ ticketId: seen, viewers: [] });
  expect((await ben.next()).viewers).toEqual([]);
  await look(cast.ben, seen, cleo);
  await look(cast.ben, seen, ben);
  expect((await ben.next()).viewers).toMatchObject([{ name: 'Cleo' }]);
});

it('what a dead process leaves behind is swept', async () => {
  const id = await cast.open();
  const ben = await listen(cast.ben);
  await cast.desk.db.write(sql`insert into ticket_viewers
    values ('of-a-dead-process', ${id}, ${cast.ada}, 'reply', clock_timestamp() + interval '2 seconds')`);
  await look(cast.ben, id, ben);
  expect((await ben.next()).viewers).toMatchObject([{ name: 'Ada', writing: 'reply' }]);
  expect((await ben.next()).viewers).toEqual([]);
  expect(await cast.desk.db.all(sql`select from ticket_viewers where stream = 'of-a-dead-process'`)).toEqual(
    [],
  );
});
