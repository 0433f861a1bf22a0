import { modules } from '../server/modules.ts';

/** docs/modules.md: who offers what, and who hears which event; made from the floor plan itself. */
export function modulesPage(): string {
  const offers = modules.map((module) => {
    const jobs = Object.keys(module.jobs ?? {}).map((kind) => `\`${kind}\``);
    const followers = (module.consumers ?? []).map((consumer) => `\`${consumer.name}\``);
    return `| ${module.name} | ${module.routes?.length ?? 0} | ${followers.join(', ') || '–'} | ${jobs.join(', ') || '–'} |`;
  });
  const types = [...new Set(modules.flatMap((module) => Object.keys(module.reactions ?? {})))].sort();
  const hears = types.map((type) => {
    const listeners = modules.filter((module) => Object.keys(module.reactions ?? {}).includes(type));
    return `| \`${type}\` | ${listeners.map((module) => module.name).join(', ')} |`;
  });
  return [
    '# Modules: who offers what, who hears what',
    '',
    'Generated from `server/modules.ts`; `UPDATE_DOCS=1 npm test` writes it anew. In building order: a module may enter',
    'only those above it.',
    '',
    '| module | routes | follows the log as | jobs |',
    '| --- | --- | --- | --- |',
    ...offers,
    '',
    'Reactions in the same transaction, in the order they run:',
    '',
    '| event | heard by |',
    '| --- | --- |',
    ...hears,
    '',
  ].join('\n');
}
