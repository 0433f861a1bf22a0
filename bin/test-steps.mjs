import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEnvironment, root } from './bootstrap.mjs';

const full = process.env.FIRSTLINE_FULL === '1';
const serverUrl = process.env.FIRSTLINE_TEST_DATABASE_URL;
const serverMissing = process.env.FIRSTLINE_TEST_DATABASE_MISSING;
const scratch = mkdtempSync(join(tmpdir(), 'firstline-steps-'));
/** What the person who runs the tests has set for a desk of their own must not reach the tests. */
const notForTests =
  /^(PORT|HOST|PUBLIC_URL|FILES_URL|TRUSTED_AUTHSERV_ID|DATA_DIR|DATABASE_URL|TEST_DATABASE_URL|MODE|SMTP_LISTEN|SMTP_URL|DESK_TIME_ZONE|LOG_LEVEL|FIRSTLINE_(ADMIN_EMAIL|ADMIN_PASSWORD|API_TOKEN|INBOX_ADDRESS))$/;

const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
let running;

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endGroup('SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

await runStep('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
await runStep('types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']);
await runTests('tests', []);
if (await runStep('screens', ['bin/build-web.mjs'])) {
  await runTests('journeys', ['--config', 'vitest.journeys.config.ts']);
}
if (serverUrl) {
  await runTests('tests on a PostgreSQL server', ['server/', '--exclude', 'server/platform/embedded/**'], {
    TEST_DATABASE_URL: serverUrl,
  });
} else if (serverMissing) {
  total.failed += 1;
  printStep(false, 'tests on a PostgreSQL server', serverMissing);
}
rmSync(scratch, { recursive: true, force: true });
printClosing();
process.exit(total.failed === 0 ? 0 : 1);

async function runStep(name, args, environment = {}) {
  const beganAt = Date.now();
  const how = await runNode(args, environment);
  const good = how === 0;
  if (!good) total.failed += 1;
  printStep(
    good,
    name,
    `${((Date.now() - beganAt) / 1000).toFixed(1)} s${good ? '' : `, ended with ${how}`}`,
  );
  return good;
}

async function runTests(name, args, environment = {}) {
  const reportFile = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const beganAt = Date.now();
  const how = await runNode(['bin/run-vitest.mjs', reportFile, ...args], environment);
  const report = readReport(reportFile);
  // A run that fails without a failed test (it broke down, or a hook outside the tests did) is a failure too.
  if (how !== 0 && report.failed === 0) report.failed = 1;
  for (const key of ['passed', 'failed', 'skipped']) total[key] += report[key];
  for (const note of report.notes) notes.push({ ...note, step: name });
  const seconds = ((Date.now() - beganAt) / 1000).toFixed(1);
  printStep(report.failed === 0, name, `${report.passed} passed, ${report.failed} failed, ${seconds} s`);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, notes: [] };
  }
}

function runNode(args, environment) {
  const own = Object.entries(buildEnvironment(process.execPath)).filter(([name]) => !notForTests.test(name));
  const env = { ...Object.fromEntries(own), ...environment };
  return new Promise((done) => {
    running = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 1, 1], detached: true });
    running.once('error', (error) => done(error.message));
    running.once('exit', (code, signal) => {
      endGroup('SIGKILL');
      done(code ?? signal);
    });
  });
}

/** A step's processes share a group: what is left of it when the step is over goes too. */
function endGroup(signal) {
  try {
    process.kill(-running.pid, signal);
  } catch {
    // Nothing was left.
  }
}

function printStep(good, name, rest) {
  process.stdout.write(`${good ? 'ok  ' : 'FAIL'}  ${name} (${rest})\n`);
}

function printClosing() {
  for (const { step, test, reason } of notes) {
    // In full, everything that can be installed is there; only the corpora beside the checkout may be absent.
    const excused = !full || reason.includes('../shared');
    if (!excused) total.failed += 1;
    process.stdout.write(`${excused ? 'skipped' : 'FAIL  skipped'}: ${step}, ${test}: ${reason}\n`);
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
}
