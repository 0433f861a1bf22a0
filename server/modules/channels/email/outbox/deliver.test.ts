import net from 'node:net';
import tls from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { makeSelfSigned } from '../../../../../test/hostile/self-signed.ts';
import { closeRelay, deliver } from './deliver.ts';

const to = ['cora@customer.example'];
const raw = Buffer.from('Subject: x\r\n\r\nhello\r\n');
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A relay that answers every line by `answers`, and hangs up after an answer that begins with 421, and where there is none. */
async function openRelay(answers: (verb: string) => string, secure?: tls.TlsOptions): Promise<string> {
  const talk = (socket: net.Socket) => {
    socket.on('error', () => undefined);
    socket.write('220 relay\r\n');
    socket.on('data', (chunk) => {
      const answer = answers(chunk.toString('latin1').slice(0, 4).toUpperCase());
      if (answer === '') socket.destroy();
      else if (answer.startsWith('421')) socket.end(`${answer}\r\n`);
      else socket.write(`${answer}\r\n`);
    });
  };
  const server = secure ? tls.createServer(secure, talk) : net.createServer(talk);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `smtp${secure ? 's' : ''}://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  closing.push(() => {
    closeRelay(url);
    server.close();
  });
  return url;
}

it('puts off what a relay closes the door on, and says that it did', async () => {
  const url = await openRelay((verb) => (verb === 'RCPT' ? '421 4.3.2 closing' : '250 ok'));
  const [answer] = await deliver(url, 'support@desk.example', to, raw);
  expect(answer).toMatchObject({ outcome: 'deferred', said: expect.stringMatching(/4\.3\.2|hung up/) });
});

it('takes a new connection when the relay has closed the kept one, without a word or with one', async () => {
  for (const last of ['421 4.3.2 closing', '']) {
    let mails = 0;
    const url = await openRelay((verb) => {
      if (verb === 'DATA') return '354 go on';
      if (verb === 'MAIL' && ++mails === 2) return last;
      return '250 ok';
    });
    for (const n of [1, 2, 3]) {
      const [answer] = await deliver(url, 'support@desk.example', to, raw);
      expect([last, n, answer]).toMatchObject([last, n, { outcome: 'accepted' }]);
    }
  }
});

it('hands nothing to a relay whose certificate nobody vouches for, and tries again', async () => {
  const heard: string[] = [];
  const url = await openRelay((verb) => {
    heard.push(verb);
    return '250 ok';
  }, makeSelfSigned('relay.example'));
  const [answer] = await deliver(url, 'support@desk.example', to, raw);
  expect(answer).toMatchObject({ outcome: 'deferred', said: expect.stringMatching(/self-signed/) });
  expect(heard).toEqual([]);
});
