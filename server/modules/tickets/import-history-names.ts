import { createHash } from 'node:crypto';
import type { CommandContext } from '../../platform/command.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { createOrganization, identities, organizations, type WantedCustomer } from '../customers/index.ts';
import { createSchedule, listSchedules, parseSchedule } from '../schedules/index.ts';
import { createStaff, createTeam, findStaffByEmail, listTeams } from '../staff/index.ts';
import type { HistoryLine } from './import-history-line.ts';

/** Who and what the lines name, by their words; found or made once for a whole import. */
export interface Names {
  agents: Map<string, number>;
  teams: Map<string, number>;
  customers: Map<string, number>;
  organizations: Map<string, number>;
  schedules: Map<string, number>;
}

export const noNames = (): Names => ({
  agents: new Map(),
  teams: new Map(),
  customers: new Map(),
  organizations: new Map(),
  schedules: new Map(),
});

/** Learns every name of these lines. What this command makes is forgotten when its transaction fails. */
export async function learnNames(
  cx: CommandContext,
  known: Names,
  lines: readonly HistoryLine[],
): Promise<Names> {
  const names: Names = {
    agents: new Map(known.agents),
    teams: new Map(known.teams),
    customers: new Map(known.customers),
    organizations: new Map(known.organizations),
    schedules: new Map(known.schedules),
  };
  await learn(names.agents, lines.flatMap(agentsOf), (name) => findOrMakeAgent(cx, name));
  await learnTeams(cx, names.teams, lines.flatMap(teamsOf));
  await learn(names.organizations, present(lines.map((line) => line.organization)), (name) =>
    organizationNamed(cx, name),
  );
  await learn(names.schedules, present(lines.map((line) => line.schedule)).map(scheduleKey), (key) =>
    scheduleOf(cx, key),
  );
  await learnCustomers(cx, names.customers, lines.map(customerKey));
  return names;
}

async function learn(
  known: Map<string, number>,
  words: string[],
  find: (word: string) => Promise<number>,
): Promise<void> {
  for (const word of new Set(words)) if (!known.has(word)) known.set(word, await find(word));
}

function present<T>(values: (T | null | undefined)[]): T[] {
  return values.filter((value) => value != null) as T[];
}

function agentsOf(line: HistoryLine): string[] {
  return present(line.events.map((event) => ('agent' in event ? event.agent : null)));
}

function teamsOf(line: HistoryLine): string[] {
  return present([line.team, ...line.events.map((event) => (event.type === 'team' ? event.to : null))]);
}

/** Without a name each ticket has a customer of its own: who is unknown is not the same person twice. */
export function customerKey(line: HistoryLine): string {
  return line.customer ?? `imported:${line.id}`;
}

async function learnCustomers(cx: CommandContext, known: Map<string, number>, keys: string[]): Promise<void> {
  const unknown = [...new Set(keys)].filter((key) => !known.has(key));
  const ids = await identities.findOrCreateAll(cx, unknown.map(wantedCustomer));
  for (const [index, key] of unknown.entries()) known.set(key, ids[index] as number);
}

function wantedCustomer(key: string): WantedCustomer {
  const address = { kind: 'email' as const, value: key };
  if (identities.canBe(address)) return address;
  return { kind: 'external', value: key, name: key.startsWith('imported:') ? '' : key };
}

/** An agent of history cannot sign in: no password, not active. Without an address the name is the key. */
async function findOrMakeAgent(cx: CommandContext, name: string): Promise<number> {
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(name);
  const email = isAddress
    ? name
    : `${createHash('sha256').update(name).digest('hex').slice(0, 20)}@imported.invalid`;
  const found = await findStaffByEmail(cx.tx, email);
  if (found) return found.id;
  return (await createStaff(cx, { name, email, role: 'agent', active: false })).staffId;
}

async function learnTeams(cx: CommandContext, known: Map<string, number>, words: string[]): Promise<void> {
  if (words.every((word) => known.has(word))) return;
  const byName = new Map<string, number>();
  for (let cursor: number | undefined; ; ) {
    const page = await listTeams(cx.tx, { cursor, limit: 100 });
    for (const team of page.items) byName.set(team.name.toLowerCase(), team.id);
    if (page.nextCursor === null) break;
    cursor = Number(page.nextCursor);
  }
  await learn(known, words, async (word) => {
    const found = byName.get(word.toLowerCase());
    return found ?? (await createTeam(cx, { name: word })).teamId;
  });
}

async function organizationNamed(cx: CommandContext, name: string): Promise<number> {
  const found = await organizations.find(cx.tx, { name });
  return found?.id ?? (await createOrganization(cx, { name })).organizationId;
}

/** Hours have the digest of their definition for a name, so that the same hours are one schedule. */
export function scheduleKey(schedule: NonNullable<HistoryLine['schedule']>): string {
  return typeof schedule === 'string' ? schedule : JSON.stringify(schedule);
}

/** The desk's schedules by their names in small letters. */
export async function scheduleIds(db: Queryable): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (let cursor: number | undefined; ; ) {
    const page = await listSchedules(db, { cursor, limit: 100 });
    for (const { name, id } of page.items) ids.set(name.toLowerCase(), id);
    if (page.nextCursor === null) return ids;
    cursor = Number(page.nextCursor);
  }
}

async function scheduleOf(cx: CommandContext, key: string): Promise<number> {
  const isDefinition = key.startsWith('{');
  const name = isDefinition ? `Imported ${createHash('sha256').update(key).digest('hex').slice(0, 12)}` : key;
  const found = (await scheduleIds(cx.tx)).get(name.toLowerCase());
  if (found !== undefined) return found;
  if (!isDefinition) throw new Error(`there is no schedule named ${key}`);
  const { tz, hours, shifts, breaks, holidays } = parseSchedule(JSON.parse(key));
  const definition = structuredClone({ tz, hours, shifts, breaks, holidays });
  return (await createSchedule(cx, { name, definition })).scheduleId;
}
