import { defineConfig } from 'vitest/config';
import { RowsReporter } from './test/journeys/rows-reporter.ts';

/** The journeys: one after the other, through one running desk and over the built screens. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    globalSetup: ['test/journeys/one-desk.ts'],
    reporters: ['default', new RowsReporter()],
    fileParallelism: false,
    // One worker, so that one browser serves all of them.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
