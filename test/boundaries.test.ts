import { describe, expect, it } from 'vitest';
import { modules } from '../server/modules.ts';
import { readSources, type SourceFile } from './source-files.ts';

/** The rules of the house that a machine can check: who may import whom. */

const files = readSources('server', 'web', 'i18n');
const production = files.filter((file) => !/\.test\.tsx?$/.test(file.name));
const order = modules.map((module) => module.name);

function moduleOf(name: string): string | null {
  return name.match(/^server\/modules\/([^/]+)\//)?.[1] ?? null;
}

function offences(check: (file: SourceFile, target: string) => boolean): string[] {
  return production.flatMap((file) =>
    file.imports.filter((target) => check(file, target)).map((target) => `${file.name} → ${target}`),
  );
}

describe('boundaries', () => {
  it('the platform knows no module', () => {
    expect(
      offences(
        (file, target) => file.name.startsWith('server/platform/') && target.startsWith('server/modules'),
      ),
    ).toEqual([]);
  });

  it('web/ui knows no module', () => {
    expect(
      offences(
        (file, target) => file.name.startsWith('web/ui/') && /^(web\/console|web\/api|server)\//.test(target),
      ),
    ).toEqual([]);
  });

  it('a module enters another only through its index or contract, and only one built earlier', () => {
    const wrong = offences((file, target) => {
      const from = moduleOf(file.name);
      const to = moduleOf(target);
      if (!from || !to || from === to) return false;
      const door =
        target === `server/modules/${to}/index.ts` || target === `server/modules/${to}/contract.ts`;
      return !door || order.indexOf(to) > order.indexOf(from) || !order.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('screens import contracts and nothing else from the server', () => {
    expect(
      offences(
        (file, target) =>
          file.name.startsWith('web/') && target.startsWith('server/') && !target.endsWith('/contract.ts'),
      ),
    ).toEqual([]);
  });

  it('a contract imports nothing of ours but other contracts', () => {
    expect(
      offences((file, target) => file.name.endsWith('/contract.ts') && !target.endsWith('/contract.ts')),
    ).toEqual([]);
  });

  it('there are no cycles', () => {
    expect(findCycle(production)).toBeNull();
  });

  it('there are no drawers', () => {
    const drawers =
      /(^|\/)(utils?|helpers?|common|shared|types|constants|services|managers|misc)(\/|\.tsx?$)/;
    expect(files.map((file) => file.name).filter((name) => drawers.test(name))).toEqual([]);
  });

  it('a public interface has at most twelve names', () => {
    const wide = production
      .filter((file) => /^server\/modules\/[^/]+\/index\.ts$/.test(file.name))
      .filter((file) => countExports(file.text) > 12)
      .map((file) => file.name);
    expect(wide).toEqual([]);
  });

  it('a module writes only its own tables', () => {
    expect(foreignWrites(production)).toEqual([]);
  });
});

function countExports(text: string): number {
  const lists = [...text.matchAll(/export (?!type)\{([^}]*)\}/g)].flatMap((match) =>
    (match[1] ?? '').split(',').filter((name) => name.trim() && !name.trim().startsWith('type ')),
  );
  return lists.length + [...text.matchAll(/export (async function|function|const|class) /g)].length;
}

/** Type-only imports are erased at run time, so they cannot make a cycle. */
function findCycle(sources: SourceFile[]): string | null {
  const byName = new Map(sources.map((file) => [file.name, runtimeImports(file)]));
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): string | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name].join(' → ');
    if (done.has(name)) return null;
    path.push(name);
    for (const next of byName.get(name) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(name);
    return null;
  };
  for (const name of byName.keys()) {
    const cycle = visit(name);
    if (cycle) return cycle;
  }
  return null;
}

function runtimeImports(file: SourceFile): string[] {
  const typeOnly = new Set(
    [...file.text.matchAll(/import type [^'"]*from\s*['"](\.[^'"]+)['"]/g)].map((match) =>
      match[1]?.split('/').at(-1),
    ),
  );
  return file.imports.filter((target) => !typeOnly.has(target.split('/').at(-1)));
}

/** Which module may write a table: the one whose folder's files insert into it first wins nothing; this is the list. */
const owners: Record<string, string> = {
  staff: 'staff',
  teams: 'staff',
  team_members: 'staff',
  organizations: 'customers',
  customers: 'customers',
  customer_identities: 'customers',
  sessions: 'auth',
  api_tokens: 'auth',
  mail_links: 'auth',
  schedules: 'schedules',
  schedule_versions: 'schedules',
  tickets: 'tickets',
  messages: 'tickets',
  attachments: 'tickets',
  ticket_fields: 'tickets',
  ticket_ccs: 'tickets',
  ticket_followers: 'tickets',
  drafts: 'tickets',
  events: 'platform',
  jobs: 'platform',
  event_heads: 'platform',
  consumers: 'platform',
  settings: 'platform',
};

function foreignWrites(sources: SourceFile[]): string[] {
  const writes = /\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)\b/gi;
  return sources.flatMap((file) => {
    const from = moduleOf(file.name) ?? (file.name.startsWith('server/platform/') ? 'platform' : null);
    if (!from) return [];
    return [...file.text.matchAll(writes)]
      .map((match) => match[1]?.toLowerCase() ?? '')
      .filter((table) => owners[table] !== undefined && owners[table] !== from)
      .map((table) => `${file.name} writes ${table} of ${owners[table]}`);
  });
}
