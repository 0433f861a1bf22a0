import { ensureInstalled, runUnderNode24 } from './bootstrap.mjs';
import { buildWebIfStale } from './build-web.mjs';

ensureInstalled({ dev: true });
buildWebIfStale();
await runUnderNode24('bench/main.ts');
