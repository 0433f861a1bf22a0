import { ensureInstalled, runUnderNode24 } from './bootstrap.mjs';

ensureInstalled({ dev: false });
await runUnderNode24('server/cli/main.ts');
