import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modules } from '../server/modules.ts';
import { readSources, root, type SourceFile } from './source-files.ts';

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

  it('the log gets errors whole, so that their causes show and their rows do not', () => {
    const broken = production.filter(({ text }) =>
      /\blog\.\w+\(\s*\{[^}]*\berror: *(String\(|\w+\.(stack|message))/.test(text),
    );
    expect(broken.map(({ name }) => name)).toEqual([]);
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

  it('every table and view has an owner', () => {
    const made = readMigrations().flatMap((text) =>
      [...text.matchAll(/^create (?:or replace )?(?:table|view|materialized view) ([a-z_]+)/gim)].map(
        ([, name]) => name as string,
      ),
    );
    expect(made.filter((table) => owners[table] === undefined)).toEqual([]);
    expect(Object.keys(owners).filter((table) => !made.includes(table))).toEqual([]);
  });

  it('a module writes only its own tables', () => {
    const wrong = tableUses(production)
      .filter(({ writes, file, table }) => writes && !(allowedWrites[table] ?? []).includes(file))
      .map(({ file, table }) => `${file} writes ${table} of ${owners[table]}`);
    expect(wrong).toEqual([]);
  });

  it('a module reads only its own tables, but for those that say why', () => {
    const wrong = tableUses(production)
      .filter(({ writes, module, table }) => !writes && !allowedReads[module]?.tables.includes(table))
      .map(({ file, table }) => `${file} reads ${table} of ${owners[table]}`);
    expect(wrong).toEqual([]);
  });

  it('search and figures read across only through views', () => {
    const views = readMigrations().flatMap((text) =>
      [...text.matchAll(/^create (?:or replace )?view ([a-z_]+)/gim)].map(([, name]) => name as string),
    );
    const wrong = ['search', 'metrics'].flatMap((module) =>
      (allowedReads[module]?.tables ?? []).filter((table) => !views.includes(table)),
    );
    expect(wrong).toEqual([]);
  });

  it('the scan of SQL sees reads and writes, and no locks, comments or other words', () => {
    const text = [
      '/** deletes from staff */',
      'const a = sql`select id from wire_jobs, tickets join messages on true for update of customers`;',
      'const b = sql`with x as (select 1) insert into teams (id) values (1) on conflict (id) do update set id = 2`;',
    ].join('\n');
    const uses = tableUses([{ name: 'server/modules/wire/x.ts', text, imports: [] }]);
    expect(uses.map(({ table, writes }) => `${writes ? 'writes' : 'reads'} ${table}`)).toEqual([
      'reads tickets',
      'reads messages',
      'writes teams',
    ]);
  });

  it('what is allowed to read or write across is still needed', () => {
    const uses = tableUses(production);
    const reads = Object.entries(allowedReads).flatMap(([module, { tables }]) =>
      tables
        .filter((table) => !uses.some((use) => !use.writes && use.module === module && use.table === table))
        .map((table) => `${module} no longer reads ${table}`),
    );
    const writes = Object.entries(allowedWrites).flatMap(([table, names]) =>
      names.filter((name) => !uses.some((use) => use.writes && use.file === name && use.table === table)),
    );
    expect([...reads, ...writes]).toEqual([]);
  });
});

function readMigrations(): string[] {
  const folder = path.join(root, 'migrations');
  return readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

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

/** Which module writes a table; everybody else asks it. */
const tablesOf: Record<string, string[]> = {
  platform: `events event_heads event_cursor consumers jobs settings files idempotency_keys
    measured_logs set_aside_tickets unmeasured_tickets`.split(/\s+/),
  auth: `sessions api_tokens mail_links desk_secret`.split(' '),
  schedules: `schedules schedule_versions measured_hours`.split(' '),
  staff: `staff teams team_members searchable_staff searchable_teams measured_members`.split(' '),
  customers: `customers customer_identities organizations searchable_customers searchable_addresses
    searchable_organizations`.split(/\s+/),
  tickets:
    `tickets messages attachments ticket_fields ticket_ccs ticket_followers drafts ticket_merges ticket_deadlines
    ticket_tallies imported_tickets change_reasons searchable_tickets searchable_messages searchable_files
    searchable_copies searchable_fields measured_tickets`.split(/\s+/),
  channels: `inboxes inbox_addresses mail_keys mails outgoing_mails undone_messages message_deliveries`.split(
    ' ',
  ),
  sla: `sla_policies sla_policy_versions sla_policy_stamp ticket_slas sla_clocks`.split(' '),
  search: `search_documents`.split(' '),
  metrics:
    `observations observed_tickets observation_sums observation_spans observation_days observation_ranks
    observation_durations observation_parts`.split(/\s+/),
  wire: `wire_users wire_jobs`.split(' '),
};
const owners: Record<string, string> = Object.fromEntries(
  Object.entries(tablesOf).flatMap(([module, tables]) => tables.map((table) => [table, module])),
);

/** Written by those who keep the bytes: the row and the file come and go together, under the row's lock. */
const allowedWrites: Record<string, string[]> = {
  files: [
    'server/modules/tickets/store-file.ts',
    'server/modules/tickets/drop-file.ts',
    'server/modules/channels/email/ledger/drop-file.ts',
  ],
};

/** Who reads the tables of others, and why. Nobody else does; the wire, the last of all, asks every owner. */
const allowedReads: Record<string, { why: string; tables: string[] }> = {
  auth: {
    why: 'stands before staff and customers, and every request asks once, in one statement, who is asking',
    tables: ['staff', 'teams', 'team_members', 'customers', 'events', 'settings'],
  },
  tickets: {
    why: 'how far a ticket’s log goes is the spine’s; its deliveries are a view made for it by who sends mail',
    tables: ['event_heads', 'message_deliveries'],
  },
  channels: {
    why: 'a mail is read, and a reply addressed, in one statement each: they are the busiest paths of all',
    tables: [
      'customer_identities',
      'customers',
      'organizations',
      'staff',
      'tickets',
      'ticket_ccs',
      'attachments',
    ],
  },
  sla: {
    why: 'locks a ticket before its clocks as commands do, and asks for customer tags where a policy names some',
    tables: ['tickets', 'customers'],
  },
  search: {
    why: 'may read across, through views that the owners declare',
    tables: [
      'searchable_tickets',
      'searchable_messages',
      'searchable_files',
      'searchable_copies',
      'searchable_fields',
      'searchable_customers',
      'searchable_addresses',
      'searchable_organizations',
      'searchable_staff',
      'searchable_teams',
    ],
  },
  metrics: {
    why: 'may read across, through views that the owners declare',
    tables: ['measured_logs', 'measured_hours', 'measured_members', 'measured_tickets', 'unmeasured_tickets'],
  },
};

interface TableUse {
  file: string;
  module: string;
  table: string;
  writes: boolean;
}

/** Tables of others that a module's own SQL names. */
function tableUses(sources: SourceFile[]): TableUse[] {
  return sources.flatMap((file) => {
    const module = moduleOf(file.name) ?? (file.name.startsWith('server/platform/') ? 'platform' : null);
    if (!module) return [];
    const uses = sqlTexts(file.text)
      .flatMap(namedTables)
      .filter(({ table }) => {
        const owner = owners[table];
        return owner !== undefined && owner !== module;
      });
    return uses.map((use) => ({ ...use, file: file.name, module }));
  });
}

/** Everything between backquotes: SQL is never made of other strings. */
function sqlTexts(text: string): string[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return bare.split('`').slice(1);
}

function namedTables(text: string): { table: string; writes: boolean }[] {
  const naming =
    /\b(insert\s+into|update|delete\s+from|from|join)\s+(?:only\s+)?([a-z_]+)((?:\s*,\s*[a-z_]+\b)*)/gi;
  return [...text.matchAll(naming)].flatMap(([whole, verb = '', first = '', more = '']) => {
    // `for update of tickets` locks, `do update set` writes what its insert names, and `delete from` is one verb.
    const writes = /^(insert|update|delete)/i.test(verb) && !/^update (of|set|skip)$/i.test(whole.trim());
    return [first, ...more.split(',').map((name) => name.trim())]
      .filter((name) => name !== '')
      .map((table) => ({ table: table.toLowerCase(), writes }));
  });
}
