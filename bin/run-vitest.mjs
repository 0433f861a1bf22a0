import { writeFileSync } from 'node:fs';
import { parseCLI, startVitest } from 'vitest/node';
import { ClosingLineReporter } from './test-reporter.mjs';

// run-vitest.mjs <file for the counts> [arguments of vitest]
const [reportFile, ...args] = process.argv.slice(2);
const { filter, options } = parseCLI(['vitest', 'run', ...args]);
const reporter = new ClosingLineReporter();
const vitest = await startVitest('test', filter, {
  ...options,
  watch: false,
  reporters: ['default', reporter],
});
await vitest?.close();
writeFileSync(reportFile, JSON.stringify({ ...reporter.counts, notes: reporter.notes }));
process.exit(process.exitCode ?? 0);
