import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { findFreePort } from '../server/platform/find-free-port.ts';
import { root } from './source-files.ts';

/** Firstline as a process of its own, as a stranger starts it. */
export interface RunningProcess {
  url: string;
  smtp: { host: string; port: number };
  child: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** SIGKILL, and wait until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and wait; answers the exit code. */
  stop(): Promise<number | null>;
  exited: Promise<number | null>;
}

export const admin = {
  email: 'ada@lantern.example',
  password: 'correct horse battery staple',
  token: 'test-token-0123456789abcdef',
};

export const inboxAddress = 'help@lantern.example';

export const freePort = (): Promise<number> => findFreePort('127.0.0.1');

/** As the start script sets them. */
const heap = ['--max-old-space-size=1024', '--max-semi-space-size=32'];

export async function startProcess(env: Record<string, string>): Promise<RunningProcess> {
  const port = Number(env.PORT ?? (await freePort()));
  const smtpPort = Number(env.SMTP_LISTEN?.split(':')[1] ?? (await freePort()));
  const child = spawn(
    process.execPath,
    [...heap, '--disable-warning=ExperimentalWarning', path.join(root, 'server/main.ts')],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        TMPDIR: process.env.TMPDIR,
        HOME: process.env.HOME,
        LOG_LEVEL: 'warn',
        PORT: String(port),
        SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
        FIRSTLINE_ADMIN_EMAIL: admin.email,
        FIRSTLINE_ADMIN_PASSWORD: admin.password,
        FIRSTLINE_API_TOKEN: admin.token,
        FIRSTLINE_INBOX_ADDRESS: inboxAddress,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    smtp: { host: '127.0.0.1', port: smtpPort },
    child,
    output: () => text,
    kill: () => end('SIGKILL').then(() => undefined),
    stop: () => end('SIGTERM'),
    exited,
  };
}

/** Waits until it is ready to serve; throws with what it printed when it ends first. */
export async function untilReady(running: RunningProcess, seconds = 60): Promise<RunningProcess> {
  const until = Date.now() + seconds * 1000;
  let gone = false;
  void running.exited.then(() => {
    gone = true;
  });
  while (Date.now() < until) {
    if (gone) throw new Error(`it ended before it was ready:\n${running.output()}`);
    const ready = await fetch(`${running.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return running;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not ready after ${seconds} s:\n${running.output()}`);
}

/** One call of the native API with the admin's token. */
export async function call<T = unknown>(
  running: { url: string },
  method: string,
  address: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${running.url}${address}`, {
    method,
    headers: {
      authorization: `Bearer ${admin.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
}
