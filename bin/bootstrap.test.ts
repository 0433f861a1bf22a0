import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-'));
  const desk = join(folder, 'desk.mjs');
  await writeFile(
    desk,
    `let heard = 0;
     for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
       heard += 1;
       setTimeout(() => { console.log('heard ' + heard); process.exit(7); }, 300);
     });
     setInterval(() => {}, 1000);
     console.log('ready ' + process.argv[2]);`,
  );
  script = join(folder, 'start.mjs');
  const bootstrap = pathToFileURL(join(import.meta.dirname, 'bootstrap.mjs')).href;
  await writeFile(
    script,
    `import { runUnderNode24 } from ${JSON.stringify(bootstrap)};
     await runUnderNode24(${JSON.stringify(desk)}, ['with-arguments']);`,
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function start(command: string, args: string[], environment: Record<string, string> = {}) {
  const { npm_lifecycle_event: _npm, ...env } = process.env;
  const child = spawn(command, args, {
    env: { ...env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const heard: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  return { child, heard };
}

async function waitFor(heard: string[], text: string): Promise<void> {
  for (let waited = 0; waited < 10_000 && !heard.join('').includes(text); waited += 20) await sleep(20);
  expect(heard.join('')).toContain(text);
}

function waitForExit(child: ChildProcess): Promise<number | null> {
  return new Promise((tell) => child.once('exit', tell));
}

test('the script gets its arguments and one signal for the two that npm and a terminal send', async () => {
  const { child, heard } = start(process.execPath, [script]);
  await waitFor(heard, 'ready with-arguments');
  const exit = waitForExit(child);
  child.kill('SIGINT');
  await sleep(50);
  child.kill('SIGINT');
  expect(await exit).toBe(7);
  expect(heard.join('')).toContain('heard 1');
});

test('it ends when the shell that npm started it with is killed', async () => {
  // "; :" keeps the shell, as npm's does on some systems.
  const { child, heard } = start('sh', ['-c', `"${process.execPath}" "${script}"; :`], {
    npm_lifecycle_event: 'start',
  });
  await waitFor(heard, 'ready');
  child.kill('SIGKILL');
  await waitFor(heard, 'heard 1');
});
