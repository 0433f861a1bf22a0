import { access, deskSettings } from '../modules/auth/index.ts';
import { changeInbox, createInbox, listInboxes } from '../modules/channels/index.ts';
import { createSchedule, parseSchedule, type Schedule } from '../modules/schedules/index.ts';
import { createPolicy } from '../modules/sla/index.ts';
import { changeStaff, createStaff, createTeam, findStaffByEmail } from '../modules/staff/index.ts';
import type { CommandContext } from '../platform/command.ts';
import type { Desk } from '../platform/desk.ts';
import { type Actor, system } from '../platform/events/event-map.ts';
import { changeSetting } from '../platform/settings.ts';
import { type AgentPart, addressOfAgent, listAgentParts } from './agents.ts';
import {
  inboxAddress,
  inboxNames,
  type Site,
  type SiteKey,
  signatures,
  sitesOf,
  type TeamKey,
  teamKeys,
  teams,
} from './company.ts';
import { promises } from './promises.ts';

export interface Agent extends AgentPart {
  id: number;
}

export interface DeskInbox {
  id: number;
  address: string;
  team: TeamKey;
  teamId: number;
  site: SiteKey;
  scheduleId: number;
}

export interface Company {
  agents: Agent[];
  inboxes: DeskInbox[];
  teamIds: Map<TeamKey, number>;
  schedules: Record<SiteKey, Schedule>;
}

/** Lantern before its first letter: hours, teams, people, inboxes and promises. */
export async function foundCompany(desk: Desk, admin: { email: string; password: string }): Promise<Company> {
  const found = await findStaffByEmail(desk.db, admin.email);
  if (!found) throw new Error('the demo desk has no admin');
  const actor: Actor = { kind: 'agent', id: found.id };
  const sites = sitesOf((desk.clock.fixed() ?? new Date()).getUTCFullYear());
  const passwordHash = await access.hashPassword(admin.password);
  return desk.run(system, async (own) => {
    const cx = own.as(actor);
    await changeSetting(cx, deskSettings.name, 'Lantern');
    await changeStaff(cx, found.id, { name: 'Хрысціна Вярбіцкая' });
    const scheduleIds = new Map<SiteKey, number>();
    for (const { key, name, hours } of sites)
      scheduleIds.set(key, (await createSchedule(cx, { name, definition: hours })).scheduleId);
    const teamIds = new Map<TeamKey, number>();
    for (const key of teamKeys) {
      const { name, about: description } = teams[key];
      teamIds.set(key, (await createTeam(cx, { name, description })).teamId);
    }
    const agents = await hireAgents(cx, teamIds, sites, passwordHash);
    const inboxes = await openInboxes(cx, sites, teamIds, scheduleIds);
    for (const promise of promises(teamIds.get('partners') as number)) await createPolicy(cx, promise);
    return { agents, inboxes, teamIds, schedules: readSchedules(sites) };
  });
}

async function hireAgents(
  cx: CommandContext,
  teamIds: Map<TeamKey, number>,
  sites: Site[],
  passwordHash: string,
): Promise<Agent[]> {
  const agents: Agent[] = [];
  for (const part of listAgentParts()) {
    const site = sites.find(({ key }) => key === part.site) as Site;
    const { staffId } = await createStaff(cx, {
      name: part.name,
      email: addressOfAgent(part),
      role: part.role,
      locale: site.language,
      timeZone: site.hours.tz,
      teamIds: [teamIds.get(part.team) as number],
      passwordHash,
    });
    agents.push({ ...part, id: staffId });
  }
  return agents;
}

async function openInboxes(
  cx: CommandContext,
  sites: Site[],
  teamIds: Map<TeamKey, number>,
  scheduleIds: Map<SiteKey, number>,
): Promise<DeskInbox[]> {
  const [first] = await listInboxes(cx.tx);
  const inboxes: DeskInbox[] = [];
  for (const site of sites) {
    for (const team of teamKeys) {
      const address = inboxAddress(team, site);
      const teamId = teamIds.get(team) as number;
      const scheduleId = scheduleIds.get(site.key) as number;
      const inbox = {
        name: inboxNames[site.key][team],
        addresses: [address],
        teamId,
        scheduleId,
        signature: signatures[site.key],
        language: site.language,
      };
      const own = first?.addresses.includes(address) ? first.id : null;
      if (own !== null) await changeInbox(cx, { inboxId: own, change: inbox });
      const id = own ?? (await createInbox(cx, inbox));
      inboxes.push({ id, address, team, teamId, site: site.key, scheduleId });
    }
  }
  return inboxes;
}

function readSchedules(sites: Site[]): Record<SiteKey, Schedule> {
  const read = (key: SiteKey) => parseSchedule(sites.find((site) => site.key === key)?.hours);
  return { minsk: read('minsk'), hangzhou: read('hangzhou'), taipei: read('taipei') };
}
