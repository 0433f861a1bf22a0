import net from 'node:net';

export interface HttpCall {
  method: string;
  path: string;
  body?: unknown;
  type?: string;
}

export interface HttpAnswer {
  status: number;
  text: string;
}

/**
 * A client that keeps its connections, as a browser or an integration would, and costs little: it shares the machine
 * with what it measures, and a full HTTP client took as much of it as a small answer did.
 */
export class LoadClient {
  private readonly idle: Socket[] = [];
  private readonly all = new Set<Socket>();
  readonly port: number;
  readonly token: string;

  constructor(port: number, token: string) {
    this.port = port;
    this.token = token;
  }

  async send({ method, path, body, type }: HttpCall): Promise<HttpAnswer> {
    const payload = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const about =
      body === undefined
        ? ''
        : `content-type: ${type ?? 'application/json'}\r\ncontent-length: ${Buffer.byteLength(payload)}\r\n`;
    const socket = this.idle.pop() ?? this.open();
    const answer = await socket.ask(
      `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${this.token}\r\n${about}\r\n${payload}`,
    );
    if (socket.isOpen) this.idle.push(socket);
    return answer;
  }

  async sendJson<T>(call: HttpCall): Promise<T> {
    const { status, text } = await this.send(call);
    if (status >= 300)
      throw new Error(`${call.method} ${call.path} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }

  close(): void {
    for (const socket of this.all) socket.end();
  }

  private open(): Socket {
    const socket = new Socket(this.port);
    this.all.add(socket);
    return socket;
  }
}

/** One connection, which carries one question at a time. */
class Socket {
  private readonly wire: net.Socket;
  private read: Buffer = Buffer.alloc(0);
  private waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;
  isOpen = true;

  constructor(port: number) {
    this.wire = net.connect(port, '127.0.0.1');
    this.wire.setNoDelay(true);
    this.wire.on('data', (chunk) => this.take(chunk));
    this.wire.on('error', (error) => this.fail(error));
    this.wire.on('close', () => this.fail(new Error('the connection was closed')));
  }

  ask(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.wire.write(request);
    });
  }

  end(): void {
    this.isOpen = false;
    this.wire.destroy();
  }

  private take(chunk: Buffer): void {
    this.read = this.read.length === 0 ? chunk : Buffer.concat([this.read, chunk]);
    const answer = readAnswer(this.read);
    if (!answer) return;
    this.read = Buffer.alloc(0);
    this.waiting?.resolve(answer);
    this.waiting = undefined;
  }

  private fail(error: Error): void {
    this.isOpen = false;
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

/** Null until all of it is there. */
function readAnswer(bytes: Buffer): HttpAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) return readChunks(status, bytes, end + 4);
  const until = end + 4 + Number(length);
  return bytes.length < until ? null : { status, text: bytes.toString('utf8', end + 4, until) };
}

function readChunks(status: number, bytes: Buffer, from: number): HttpAnswer | null {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (bytes.length < end + 2 + size + 2) return null;
    if (size === 0) return { status, text: Buffer.concat(parts).toString('utf8') };
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
