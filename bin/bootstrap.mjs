// Plain JavaScript that Node 20 can run, with nothing installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { watchNpm } from './end-with-npm.mjs';
import { hasDevTools, isInstalled, root, writeInstallStamp } from './installed-tree.mjs';

export { root };

const wantedMajor = 24;
const compileCache = join(root, 'node_modules', '.cache', 'compile');
/** A terminal and npm both pass Ctrl-C on; within this time they mean the same one. */
const sameSignalMs = 700;
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function stopWith(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Installs what the lockfile names when it is not there; never changes the lockfile. */
export function ensureInstalled({ dev }) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    stopWith(`Firstline needs Node 20 or newer to begin with; this is Node ${process.versions.node}.`);
  }
  if (isInstalled(dev)) return;
  const withTools = dev || hasDevTools();
  const tools = withTools ? 'with' : 'without';
  process.stderr.write(`Installing packages from package-lock.json (${tools} the developers' tools)...\n`);
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const result = runNpm([...flags, withTools ? '--include=dev' : '--omit=dev']);
  if (result.error || result.status !== 0) {
    const why = result.error ? result.error.message : `"npm ci" ended with ${result.status ?? result.signal}`;
    stopWith(`The packages could not be installed (${why}); see the lines above.`);
  }
  writeInstallStamp();
}

function runNpm(args) {
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The installed Node 24, or the machine's own when it is new enough. */
export function findNode24() {
  const installed = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(installed)) return installed;
  if (Number.parseInt(process.versions.node, 10) >= wantedMajor) return process.execPath;
  return stopWith(
    `Firstline runs on Node ${wantedMajor} or newer, and none comes with it for ${process.platform}-${process.arch}; install Node ${wantedMajor} (this is ${process.versions.node}).`,
  );
}

export function buildEnvironment(node, extra = {}) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, ...extra, PATH: path, NODE_COMPILE_CACHE: compileCache };
}

/**
 * Runs a script of ours under Node 24: here, when this is one already, else in a child that gets our signals, ends
 * with us and gives us its exit code.
 */
export async function runUnderNode24(script, args = process.argv.slice(2), extra = {}) {
  const file = resolve(root, script);
  if (!existsSync(file)) stopWith(`${script} is not part of this checkout.`);
  if (Number.parseInt(process.versions.node, 10) >= wantedMajor) {
    Object.assign(process.env, extra);
    process.argv = [process.execPath, file, ...args];
    nodeModule.enableCompileCache(compileCache);
    mergeRepeatedSignals();
    watchNpm(() => process.kill(process.pid, 'SIGTERM'));
    await import(pathToFileURL(file).href);
    return;
  }
  const node = findNode24();
  const watch = pathToFileURL(join(root, 'bin', 'end-with-parent.mjs')).href;
  const child = spawn(node, [...heapFlags(), '--import', watch, file, ...args], {
    env: buildEnvironment(node, extra),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Its own session, so that Ctrl-C reaches it once, through us.
    detached: process.platform !== 'win32',
  });
  passSignals(child);
  watchNpm(() => child.kill('SIGTERM'));
  child.once('error', (error) => stopWith(`Node 24 could not be started (${node}): ${error.message}`));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/**
 * Left to itself on a large machine the heap is collected late and grows with the load. A desk needs a fraction of this.
 * What many requests at once have in hand must fit the young part, else it is collected as if it were old. Who sets a
 * size of their own in NODE_OPTIONS keeps it.
 */
function heapFlags() {
  const own = process.env.NODE_OPTIONS ?? '';
  return ['--max-old-space-size=1024', '--max-semi-space-size=32'].filter(
    (flag) => !own.includes(flag.slice(0, flag.indexOf('='))),
  );
}

function passSignals(child) {
  mergeRepeatedSignals();
  for (const signal of endingSignals) {
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
}

/** Without this the copy that npm passes on would count as the second, impatient Ctrl-C. */
function mergeRepeatedSignals() {
  const emit = process.emit;
  let lastAt = 0;
  process.emit = function emitOnce(name, ...rest) {
    if (endingSignals.includes(name)) {
      if (Date.now() - lastAt < sameSignalMs) return true;
      lastAt = Date.now();
    }
    return emit.call(process, name, ...rest);
  };
}
