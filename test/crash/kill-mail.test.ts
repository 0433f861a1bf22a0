import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { killWhileMailArrives } from './kill-mail.ts';

const full = process.env.FIRSTLINE_FULL === '1';
const seed = Number(process.env.FIRSTLINE_SEED ?? 20260302);
const minutes = 60_000;

it(`loses no acknowledged mail and doubles none, killed at seeded moments (seed ${seed})`, {
  timeout: 20 * minutes,
}, async () => {
  const plan = full
    ? { appKills: 35, databaseKills: 15, mails: 5000 }
    : { appKills: 4, databaseKills: 1, mails: 200 };
  const report = await killWhileMailArrives({ seed, ...plan });
  process.stdout.write(
    `${report.kills} kills, ${report.rounds} rounds count, ${report.early} within 500 ms; ${report.acknowledged} mails, ${report.mailsPerSecond}/s while up\n`,
  );
  expect(report.rounds).toBe(plan.appKills + plan.databaseKills);
  expect(report.acknowledged).toBeGreaterThanOrEqual(plan.mails);
  expect({ lost: report.lost, doubled: report.doubled, unknown: report.unknown }).toEqual({
    lost: [],
    doubled: [],
    unknown: [],
  });
  expect(report.broken).toEqual([]);
});

it('catches a build that answers 250 before the commit', { timeout: 5 * minutes }, async () => {
  const report = await killWhileMailArrives({
    seed,
    appKills: 3,
    databaseKills: 0,
    mails: 60,
    // It tells at most two senders in 300 ms.
    acknowledgedEach: 1,
    nodeOptions: `--import=${pathToFileURL(path.join(import.meta.dirname, 'early-ack.mjs')).href}`,
  });
  expect(report.lost.length).toBeGreaterThan(0);
});
