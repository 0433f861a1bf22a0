import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAlone } from './connect-alone.ts';

/** A message of the server's: its letter, its length, its content. */
function say(letter: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(letter), length, content]);
}

const letIn = [say('R', Buffer.alloc(4)), say('Z', Buffer.from('I'))];
const dying = say(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...letIn, dying])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('outlives a server that dies as it lets one in, and fails the next question', async () => {
  const client = await connectAlone({ host: '127.0.0.1', port, user: 'nobody', database: 'none' });
  await expect(client.query('select 1')).rejects.toThrow();
  await client.end();
});

it('says that nobody answers', async () => {
  await expect(connectAlone({ host: '127.0.0.1', port: 1, user: 'nobody' })).rejects.toThrow('ECONNREFUSED');
});
