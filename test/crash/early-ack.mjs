// Loaded with --import: a build that acknowledges a mail before its commit. The kill harness must catch it.
import { registerHooks } from 'node:module';

const honest = /await storeDeliveries\(\s*desk,/;
const hasty = `for (const one of group) one.done();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await storeDeliveries(desk,`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/channels/email/receive-mail.ts')) return loaded;
    const source = String(loaded.source);
    if (!honest.test(source)) throw new Error('receive-mail.ts no longer looks as early-ack.mjs expects');
    return { ...loaded, source: source.replace(honest, hasty) };
  },
});
