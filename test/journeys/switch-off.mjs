// Loaded with --import: Firstline without the route that JOURNEY_SWITCHED_OFF names ("GET /path"), to see journeys fail.
import { registerHooks } from 'node:module';

const list =
  /const routes = desk\.modules\.flatMap\(\(module\) => \(module\.routes \?\? \[\]\) as AnyRoute\[\]\);/;
const shorter = `const routes = desk.modules
    .flatMap((module) => (module.routes ?? []) as AnyRoute[])
    .filter((one) => \`\${one.method} \${one.path}\` !== process.env.JOURNEY_SWITCHED_OFF);`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/server/platform/http/server.ts')) return loaded;
    const source = String(loaded.source);
    if (!list.test(source)) throw new Error('server.ts no longer looks as switch-off.mjs expects');
    return { ...loaded, source: source.replace(list, shorter) };
  },
});
