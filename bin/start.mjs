import { ensureInstalled, runUnderNode24 } from './bootstrap.mjs';
import { buildWebIfStale } from './build-web.mjs';

ensureInstalled({ dev: false });
buildWebIfStale();
await runUnderNode24('server/main.ts');
