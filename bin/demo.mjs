import { ensureInstalled, runUnderNode24 } from './bootstrap.mjs';
import { buildWebIfStale } from './build-web.mjs';

ensureInstalled({ dev: false });
buildWebIfStale();
await runUnderNode24('server/demo/main.ts', process.argv.slice(2), {
  DATA_DIR: process.env.DATA_DIR ?? './data-demo',
});
