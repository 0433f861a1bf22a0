import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MailRefusal, mailLimits, type RefusalReason } from './mail-limits.ts';
import type { ReadMail } from './read-mail.ts';

export type ReaderTask = { id: number; raw: Uint8Array };
export type ReaderAnswer =
  | { id: number; read: ReadMail }
  | { id: number; reason: RefusalReason; detail: string };

export type ReaderPool = {
  /** Resolves with the mail, or rejects with a `MailRefusal` that says why it is held. */
  read(raw: Buffer): Promise<ReadMail>;
  close(): Promise<void>;
};

export type ReaderPoolOptions = {
  size: number;
  timeoutMs: number;
  memoryMb: number;
  /** Another reader program, for tests. */
  program?: string;
};

type Waiting = { raw: Buffer; resolve: (read: ReadMail) => void; reject: (refusal: MailRefusal) => void };
type Busy = Waiting & { id: number; timer: NodeJS.Timeout };
type Reader = {
  child: ChildProcess;
  ready: boolean;
  busy: Busy | null;
  ended: Promise<void>;
  lastWords: string;
};

const startSeconds = 20;

/**
 * Long-lived reader processes. A mail that hangs or breaks its reader costs that reader, which is replaced;
 * the mail is refused with its reason and every other mail goes on.
 */
export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
  const program = options.program ?? fileURLToPath(new URL('./reader-child.ts', import.meta.url));
  const readers = new Set<Reader>();
  const queue: Waiting[] = [];
  let nextId = 1;
  let closed = false;

  const serve = () => {
    for (const reader of readers) {
      if (queue.length === 0) return;
      if (reader.ready && !reader.busy) give(reader, queue.shift()!);
    }
    while (!closed && readers.size < options.size && queue.length > starting()) start();
  };
  const starting = () => [...readers].filter((reader) => !reader.ready).length;

  const give = (reader: Reader, waiting: Waiting) => {
    const id = nextId++;
    const timer = setTimeout(
      () => end(reader, 'timeout', `${options.timeoutMs} ms passed`),
      options.timeoutMs,
    );
    reader.busy = { ...waiting, id, timer };
    reader.child.send({ id, raw: waiting.raw } satisfies ReaderTask, (error) => {
      if (error && reader.busy?.id === id) end(reader, 'crash', error.message);
    });
  };

  const settle = (reader: Reader, answer: ReaderAnswer) => {
    const busy = reader.busy;
    if (!busy || busy.id !== answer.id) return;
    clearTimeout(busy.timer);
    reader.busy = null;
    if ('read' in answer) busy.resolve(answer.read);
    else busy.reject(new MailRefusal(answer.reason, answer.detail));
    serve();
  };

  const end = (reader: Reader, reason: RefusalReason, detail: string) => {
    readers.delete(reader);
    reader.child.kill('SIGKILL');
    const busy = reader.busy;
    reader.busy = null;
    if (busy) {
      clearTimeout(busy.timer);
      busy.reject(new MailRefusal(reason, detail));
    }
    serve();
  };

  const start = () => {
    const child = fork(program, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${options.memoryMb}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { NODE_ENV: 'production', TZ: 'UTC' },
    });
    const reader: Reader = {
      child,
      ready: false,
      busy: null,
      lastWords: '',
      ended: new Promise((resolve) => child.once('close', () => resolve())),
    };
    readers.add(reader);
    const startTimer = setTimeout(() => failStart(reader, 'the reader did not start'), startSeconds * 1_000);
    child.stderr?.on('data', (chunk: Buffer) => {
      reader.lastWords = (reader.lastWords + chunk.toString('latin1')).slice(-4_000);
    });
    child.on('message', (message: { ready: true } | ReaderAnswer) => {
      if ('id' in message) return settle(reader, message);
      clearTimeout(startTimer);
      reader.ready = true;
      serve();
    });
    child.once('error', (error) => end(reader, 'crash', error.message));
    child.once('close', (code, signal) => {
      clearTimeout(startTimer);
      if (!readers.has(reader)) return;
      const detail = `exit ${code ?? signal}`;
      if (reader.ready) end(reader, outOfMemory(reader) ? 'memory' : 'crash', detail);
      else failStart(reader, `the reader did not start: ${detail} ${reader.lastWords.slice(0, 300)}`);
    });
  };

  /** A reader that cannot even start would be replaced for ever: the mail that waits is told instead. */
  const failStart = (reader: Reader, detail: string) => {
    queue.shift()?.reject(new MailRefusal('crash', detail));
    end(reader, 'crash', detail);
  };

  return {
    read(raw) {
      if (closed) return Promise.reject(new MailRefusal('crash', 'the readers are closed'));
      if (raw.length > mailLimits.mailBytes) {
        return Promise.reject(new MailRefusal('unreadable', 'larger than any accepted mail'));
      }
      return new Promise((resolve, reject) => {
        queue.push({ raw, resolve, reject });
        serve();
      });
    },
    async close() {
      closed = true;
      for (const waiting of queue.splice(0))
        waiting.reject(new MailRefusal('crash', 'the readers are closed'));
      const ending = [...readers];
      for (const reader of ending) end(reader, 'crash', 'the readers are closed');
      await Promise.all(ending.map((reader) => reader.ended));
    },
  };
}

function outOfMemory(reader: Reader): boolean {
  return /heap out of memory|allocation failed|Array buffer allocation/i.test(reader.lastWords);
}
