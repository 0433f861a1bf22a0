import { ensureInstalled, runUnderNode24 } from './bootstrap.mjs';

ensureInstalled({ dev: true });
await runUnderNode24('bin/test-steps.mjs');
