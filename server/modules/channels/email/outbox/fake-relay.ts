import net from 'node:net';

/** For tests: a mail relay that answers as its script says, one entry a mail; then it takes everything. */
export interface FakeRelay {
  url: string;
  /** The mails it took, with the recipients it took them for. */
  taken: { from: string; to: string[]; data: string }[];
  /** `drop`: takes all of it and hangs up without a word. `answers`: to these recipients; the others are taken. */
  script: (
    | 'accept'
    | 'drop'
    | { at: 'MAIL' | 'RCPT' | 'DATA' | 'END'; answer: string }
    | { at: 'RCPT'; answers: Record<string, string> }
  )[];
  close(): Promise<void>;
}

export async function openFakeRelay(): Promise<FakeRelay> {
  const relay: FakeRelay = { url: '', taken: [], script: [], close: async () => undefined };
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, relay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  relay.url = `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  relay.close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return relay;
}

function converse(socket: net.Socket, relay: FakeRelay): void {
  let rest = '';
  let data: string[] | null = null;
  let mail = { from: '', to: [] as string[] };
  let turn: FakeRelay['script'][number] = 'accept';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const refuses = (at: string, to = '') => {
    if (typeof turn !== 'object' || turn.at !== at) return null;
    return 'answer' in turn ? turn.answer : (turn.answers[to] ?? null);
  };
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'MAIL') {
      turn = relay.script.shift() ?? 'accept';
      mail = { from: line.slice(10).replace(/[<>]/g, '').split(' ')[0] ?? '', to: [] };
      say(refuses('MAIL') ?? '250 ok');
    } else if (verb === 'RCPT') {
      const to = line.slice(8).replace(/[<>]/g, '');
      const refusal = refuses('RCPT', to);
      if (!refusal) mail.to.push(to);
      say(refusal ?? '250 ok');
    } else if (verb === 'DATA') {
      const refusal = refuses('DATA');
      if (!refusal) data = [];
      say(refusal ?? '354 go on');
    } else if (verb === 'EHLO') say('250 fake');
    else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else say('250 ok');
  };
  const line = (text: string) => {
    if (data === null) return command(text);
    if (text !== '.') return void data.push(text);
    if (turn === 'drop') return socket.destroy();
    const refusal = refuses('END');
    if (!refusal) relay.taken.push({ ...mail, data: data.join('\n') });
    data = null;
    say(refusal ?? '250 taken');
  };
  say('220 fake relay');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const one of lines) line(one);
  });
}
