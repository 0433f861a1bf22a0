import net from 'node:net';
import tls from 'node:tls';

/** One conversation with the mail door, word by word, so that a test can say what no mail program says. */
export interface Talk {
  /** The next whole answer (its last line), or the empty string when the door has hung up. */
  answer(): Promise<string>;
  /** Says a line and waits for the answer. */
  say(line: string): Promise<string>;
  write(bytes: string | Buffer): void;
  /** The handshake after `220` to STARTTLS; from here on everything is encrypted. Answers whose certificate it was. */
  encrypt(): Promise<string>;
  /** Resolves when the door has closed the connection. */
  closed: Promise<void>;
  isClosed(): boolean;
  /** Sends FIN and keeps listening. */
  halfClose(): void;
  hangUp(): void;
}

export async function openTalk(port: number): Promise<Talk> {
  let socket: net.Socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const answers: string[] = [];
  let rest = '';
  let over = false;
  let wake: () => void = () => undefined;
  let tellClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });
  const end = () => {
    over = true;
    wake();
    tellClosed();
  };
  const take = (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    answers.push(...lines.filter((line) => /^\d{3}(?: |$)/.test(line)));
    wake();
  };
  const listen = (to: net.Socket) => {
    to.on('data', take);
    to.on('error', end);
    to.on('end', end);
    to.on('close', end);
  };
  listen(socket);
  const answer = async () => {
    while (answers.length === 0 && !over)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return answers.shift() ?? '';
  };
  return {
    answer,
    async say(line) {
      socket.write(`${line}\r\n`);
      return answer();
    },
    write: (bytes) => void socket.write(bytes),
    async encrypt() {
      const plain = socket;
      plain.removeAllListeners();
      const secured = tls.connect({ socket: plain, rejectUnauthorized: false });
      socket = secured;
      listen(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve);
        socket.once('close', () => reject(new Error('the door closed during the handshake')));
      });
      return String(secured.getPeerCertificate().subject.CN);
    },
    closed,
    isClosed: () => over,
    halfClose: () => void socket.end(),
    hangUp: () => void socket.destroy(),
  };
}

/** A conversation up to its `354`: the next bytes are the mail. */
export async function openData(port: number, from: string, to: string): Promise<Talk> {
  const talk = await openTalk(port);
  const wanted = ['220', '250', '250', '250', '354'];
  const lines = ['', 'EHLO test.example', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA'];
  for (const [index, line] of lines.entries()) {
    const said = index === 0 ? await talk.answer() : await talk.say(line);
    if (!said.startsWith(wanted[index] as string))
      throw new Error(`the door answered "${said}" to "${line}"`);
  }
  return talk;
}

/** One whole mail over a connection of its own; answers what the door said last, never throws for a refusal. */
export async function mailBy(port: number, from: string, to: string, raw: string | Buffer): Promise<string> {
  const talk = await openTalk(port);
  try {
    for (const [line, wanted] of [
      ['', '220'],
      ['EHLO test.example', '250'],
      [`MAIL FROM:<${from}>`, '250'],
      [`RCPT TO:<${to}>`, '250'],
      ['DATA', '354'],
    ] as const) {
      const said = line === '' ? await talk.answer() : await talk.say(line);
      if (!said.startsWith(wanted)) return said;
    }
    talk.write(stuffDots(raw));
    talk.write('\r\n.\r\n');
    return await talk.answer();
  } finally {
    talk.hangUp();
  }
}

function stuffDots(raw: string | Buffer): Buffer {
  const text = typeof raw === 'string' ? raw : raw.toString('latin1');
  const stuffed = text.replace(/^\./gm, '..');
  return Buffer.from(stuffed, typeof raw === 'string' ? 'utf8' : 'latin1');
}
