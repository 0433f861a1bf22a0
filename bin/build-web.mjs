import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildEnvironment, findNode24, root, stopWith } from './bootstrap.mjs';

const outFolder = join(root, 'dist', 'web');
const stampFile = join(outFolder, '.stamp');

/** Builds the screens when anything they are made of has changed; stops with one line when it cannot. */
export function buildWebIfStale() {
  const stamp = hashSources();
  if (readStamp() === stamp) return;
  requireWritable();
  process.stderr.write('Building the screens...\n');
  // Until the last bundle is written there is no stamp: an interrupted build is made again.
  rmSync(stampFile, { force: true });
  for (const config of listConfigs()) build(config);
  writeFileSync(stampFile, stamp);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

function requireWritable() {
  try {
    mkdirSync(outFolder, { recursive: true });
    accessSync(outFolder, constants.W_OK);
  } catch (error) {
    stopWith(
      `The screens have to be built, and ${outFolder} cannot be written (${error.code}); start once as the user who owns the checkout.`,
    );
  }
}

function listConfigs() {
  return readdirSync(root)
    .filter((name) => /^vite(\.[\w-]+)?\.config\.ts$/.test(name))
    .sort();
}

function build(config) {
  const node = findNode24();
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const flags = ['build', '--config', config, '--configLoader', 'native', '--logLevel', 'warn'];
  const result = spawnSync(node, [vite, ...flags], {
    cwd: root,
    env: { ...buildEnvironment(node), NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) stopWith(`The screens could not be built (${config}); see the lines above.`);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of listSources()) {
    hash.update(`${relative(root, file).split(sep).join('/')}\0`);
    hash.update(readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}

function listSources() {
  const contracts = listFiles(join(root, 'server')).filter((file) => file.endsWith(`${sep}contract.ts`));
  const single = ['package-lock.json', ...listConfigs()].map((name) => join(root, name));
  const whole = ['web', 'i18n'].flatMap((name) => listFiles(join(root, name)));
  return [...single, ...whole.filter((file) => !/\.test\.tsx?$/.test(file)), ...contracts].sort();
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildWebIfStale();
